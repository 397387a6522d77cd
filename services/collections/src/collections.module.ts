import { Module, type Type } from '@nestjs/common';
import { AFTER_APPLY, ReceivablesModule } from '@recoup/receivables';
import { AuditModule, sql, type RunKind } from '@recoup/service-kit';
import { AgenciesController } from './agencies/agencies.http.js';
import { BulkActionFileController } from './bulk-actions/bulk-action-file.http.js';
import { BulkActionItemsController } from './bulk-actions/bulk-action-items.http.js';
import { BulkActionProgressController } from './bulk-actions/bulk-action-progress.http.js';
import { BulkActionsBus } from './bulk-actions/bulk-actions.bus.js';
import { BulkActionsController } from './bulk-actions/bulk-actions.http.js';
import { ComputePreview } from './bulk-actions/compute-preview.js';
import { KeepBulkActions } from './bulk-actions/keep-bulk-actions.js';
import { PreviewBulkAction } from './bulk-actions/preview-bulk-action.js';
import { RunBulkAction } from './bulk-actions/run-bulk-action.js';
import { SteerBulkAction } from './bulk-actions/steer-bulk-action.js';
import { DeliverFiles } from './deliveries/deliver-files.js';
import { DeliveriesController } from './deliveries/deliveries.http.js';
import { PlacementSource } from './deliveries/placement-source.js';
import { DownloadSlots } from '@recoup/service-kit/downloads/download-slots';
import { FlagsController } from './flags/flags.http.js';
import { ReferralsController } from './referrals/referrals.http.js';
import { AccountCardController } from './stages/account-card.http.js';
import { AccountsController } from './accounts/accounts.http.js';
import { auditScope } from './accounts/audit-scope.js';
import { ExportReport } from './report/export-report.js';
import { ReadReport } from './report/read-report.js';
import { ReportInvoices } from './report/report-invoices.js';
import { ReportSelection } from './report/report-selection.js';
import { ReportSnapshots } from './report/report-snapshots.js';
import { ReportController } from './report/report.http.js';
import { markStale } from './report/stale-accounts.js';

/** Carriers of runs, each a provider of the module. */
export const runKinds: Type<RunKind>[] = [RunBulkAction];

/** The table of contents of collections: what answers requests, what listens to the bus, what does the work. */
@Module({
  imports: [
    ReceivablesModule.forRoot(
      { service: 'collections', numbers: sql`account_states` },
      { provide: AFTER_APPLY, useValue: markStale },
    ),
    AuditModule.forRoot(auditScope),
  ],
  controllers: [
    ReportController,
    AccountsController,
    BulkActionProgressController,
    BulkActionsController,
    BulkActionItemsController,
    BulkActionFileController,
    BulkActionsBus,
    FlagsController,
    AccountCardController,
    AgenciesController,
    ReferralsController,
    DeliveriesController,
  ],
  providers: [
    ...runKinds,
    DownloadSlots,
    ReportSnapshots,
    ReportSelection,
    ReadReport,
    ReportInvoices,
    ExportReport,
    ComputePreview,
    PreviewBulkAction,
    SteerBulkAction,
    KeepBulkActions,
    PlacementSource,
    DeliverFiles,
  ],
})
export class CollectionsModule {}
