import { sealedContacts } from '@recoup/receivables';
import { readConfig, startService } from '@recoup/service-kit';
import { CollectionsModule, runKinds } from './collections.module.js';
import { configSchema } from './config.js';
import { collectionsDatabase } from './database.js';

await startService({
  name: 'collections',
  config: readConfig(configSchema),
  database: collectionsDatabase,
  module: CollectionsModule,
  sealed: [sealedContacts],
  kinds: runKinds,
});
