import { sealedContacts } from '@recoup/receivables';
import { readConfig, startService } from '@recoup/service-kit';
import { configSchema } from './config.js';
import { precollectionsDatabase } from './database.js';
import { PrecollectionsModule } from './precollections.module.js';

await startService({
  name: 'precollections',
  config: readConfig(configSchema),
  database: precollectionsDatabase,
  module: PrecollectionsModule,
  sealed: [sealedContacts],
});
