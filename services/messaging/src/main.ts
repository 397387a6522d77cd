import { sealedContacts } from '@recoup/receivables';
import { readConfig, startService } from '@recoup/service-kit';
import { configSchema } from './config.js';
import { messagingDatabase } from './database.js';
import { MessagingModule } from './messaging.module.js';

await startService({
  name: 'messaging',
  config: readConfig(configSchema),
  database: messagingDatabase,
  module: MessagingModule,
  sealed: [sealedContacts],
});
