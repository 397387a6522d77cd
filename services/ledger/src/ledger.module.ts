import { Module } from '@nestjs/common';
import { AuditModule, officeScope, sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { AccountsController } from './accounts/accounts.http.js';
import { BulkCommandsBus } from './bulk-commands/bulk-commands.bus.js';
import { DisputesController } from './disputes/disputes.http.js';
import { ImportRun } from './import/import-run.js';
import { ImportsController } from './import/imports.http.js';
import { InvoicesController } from './invoices/invoices.http.js';
import { LinesController } from './invoices/lines.http.js';
import { OfficesController } from './offices/offices.http.js';
import { PaymentsController } from './payments/payments.http.js';
import {
  CancellationReasonsController,
  ServiceTypesController,
  ShippedTypesController,
} from './reference-data/reference-data.http.js';
import { TransactionsController } from './transactions/transactions.http.js';

/** Audit lines of accounts follow the accounts' offices; lines of no account are shown to all who may read the audit. */
function auditScope(actor: Actor): RawBuilder<unknown> {
  const inScope = officeScope(actor, sql`o.code`);
  return sql`(audit.account_id IS NULL OR EXISTS (SELECT FROM accounts a JOIN offices o ON o.id = a.office_id
    WHERE a.id = audit.account_id AND ${inScope}))`;
}

/** The ledger's table of contents. */
@Module({
  imports: [AuditModule.forRoot(auditScope)],
  controllers: [
    OfficesController,
    AccountsController,
    InvoicesController,
    LinesController,
    PaymentsController,
    TransactionsController,
    DisputesController,
    ServiceTypesController,
    CancellationReasonsController,
    ShippedTypesController,
    ImportsController,
    BulkCommandsBus,
  ],
  providers: [ImportRun],
})
export class LedgerModule {}
