import { Module } from '@nestjs/common';
import { AuditModule, officeScope, seesAllOffices, sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { AccountPayersController } from './account-payers/account-payers.http.js';
import { AccountsController } from './accounts/accounts.http.js';
import { AdjustmentsController } from './adjustments/adjustments.http.js';
import { CommandsBus } from './bulk-commands/commands.bus.js';
import { DisputesController } from './disputes/disputes.http.js';
import { ErasuresController } from './erasures/erasures.http.js';
import { FreezesController } from './freezes/freezes.http.js';
import { ImportRun } from './import/import-run.js';
import { ImportsController } from './import/imports.http.js';
import { KeepImports } from './import/keep-imports.js';
import { MappingsController } from './import/mappings/mappings.http.js';
import { InvoicesController } from './invoices/invoices.http.js';
import { LinesController } from './invoices/lines.http.js';
import { OfficesController } from './offices/offices.http.js';
import { PayerInvoicesController } from './payer-invoices/payer-invoices.http.js';
import { PayersController } from './payers/payers.http.js';
import { PaymentsController } from './payments/payments.http.js';
import { QueueingController } from './queueing/queueing.http.js';
import { CancellationReasonsController, ServiceTypesController } from './reference-data/reference-data.http.js';
import { TransactionTypesController } from './reference-data/transaction-types.http.js';
import { AgencyReferralsController } from './referrals/agency-referrals.http.js';
import { AgencyOutstandingController } from './reports/agency-outstanding.http.js';
import { ExportReport } from './reports/export-report.js';
import { GlTrialBalanceController } from './reports/gl-trial-balance.http.js';
import { KeepDaybook } from './reports/keep-daybook.js';
import { ReadTrialBalance } from './reports/read-trial-balance.js';
import { TrialBalanceController } from './reports/trial-balance.http.js';
import { SubscriptionsController } from './subscriptions/subscriptions.http.js';
import { TransactionsController } from './transactions/transactions.http.js';
import { WriteOffSettingsController } from './write-off-settings/write-off-settings.http.js';

/**
 * Audit lines of accounts follow the accounts' offices. Lines of no account, such as those of imports, may speak of any
 * office: only who sees all offices is shown them, and who wrote them (S3).
 */
function auditScope(actor: Actor): RawBuilder<unknown> {
  if (seesAllOffices(actor)) return sql`true`;
  return sql`CASE WHEN audit.account_id IS NULL THEN audit.actor = ${actor.user}
    ELSE EXISTS (SELECT FROM accounts a JOIN offices o ON o.id = a.office_id
                 WHERE a.id = audit.account_id AND ${officeScope(actor, sql`o.code`)}) END`;
}

/** The ledger's table of contents. */
@Module({
  imports: [AuditModule.forRoot(auditScope)],
  controllers: [
    OfficesController,
    AccountsController,
    SubscriptionsController,
    FreezesController,
    ErasuresController,
    InvoicesController,
    LinesController,
    PaymentsController,
    TransactionsController,
    AdjustmentsController,
    DisputesController,
    ServiceTypesController,
    CancellationReasonsController,
    TransactionTypesController,
    PayersController,
    AccountPayersController,
    QueueingController,
    AgencyReferralsController,
    PayerInvoicesController,
    WriteOffSettingsController,
    ImportsController,
    MappingsController,
    TrialBalanceController,
    GlTrialBalanceController,
    AgencyOutstandingController,
    CommandsBus,
  ],
  providers: [ImportRun, DownloadSlots, ExportReport, ReadTrialBalance, KeepDaybook, KeepImports],
})
export class LedgerModule {}
