import { Module } from '@nestjs/common';
import { AuditModule, officeScope, sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { BulkCommandsBus } from './bulk-commands/bulk-commands.bus.js';
import { ImportRun } from './import/import-run.js';
import { ImportsController } from './import/imports.http.js';

/** Audit lines of accounts follow the accounts' offices; lines of no account are shown to all who may read the audit. */
function auditScope(actor: Actor): RawBuilder<unknown> {
  const inScope = officeScope(actor, sql`o.code`);
  return sql`(audit.account_id IS NULL OR EXISTS (SELECT FROM accounts a JOIN offices o ON o.id = a.office_id
    WHERE a.id = audit.account_id AND ${inScope}))`;
}

/** The ledger's table of contents. */
@Module({
  imports: [AuditModule.forRoot(auditScope)],
  controllers: [BulkCommandsBus, ImportsController],
  providers: [ImportRun],
})
export class LedgerModule {}
