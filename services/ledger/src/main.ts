import { readConfig, startService } from '@recoup/service-kit';
import { configSchema } from './config.js';
import { ledgerDatabase } from './database.js';
import { ImportRun } from './import/import-run.js';
import { LedgerModule } from './ledger.module.js';

await startService({
  name: 'ledger',
  config: readConfig(configSchema),
  database: ledgerDatabase,
  module: LedgerModule,
  kinds: [ImportRun],
});
