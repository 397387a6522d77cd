import type { Server } from 'node:http';
import { readConfig, startService } from '@recoup/service-kit';
import { configSchema } from './config.js';
import { ledgerSealedRows } from './contact-keys/sealed-rows.js';
import { ledgerDatabase } from './database.js';
import { ImportRun } from './import/import-run.js';
import { LedgerModule } from './ledger.module.js';

/** A file of the largest size that an import takes may be an hour on its way. */
const uploadTimeoutMs = 3_600_000;

const { app } = await startService({
  name: 'ledger',
  config: readConfig(configSchema),
  database: ledgerDatabase,
  module: LedgerModule,
  kinds: [ImportRun],
  sealed: ledgerSealedRows,
});
const server: Server = app.getHttpServer();
server.requestTimeout = uploadTimeoutMs;
