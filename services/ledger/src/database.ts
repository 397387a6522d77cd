import {
  auditSealsMigration,
  DefinerFunctionsMigration,
  keptAnswersMigration,
  narrowerGrantsMigration,
  type DatabaseParts,
} from '@recoup/service-kit';
import { BulkCommandsMigration } from './migrations/migration-20261122-bulk-commands.js';
import { DaybookMigration } from './migrations/migration-20261122-daybook.js';
import { ErasureMigration } from './migrations/migration-20261122-erasure.js';
import { FirstMigration } from './migrations/migration-20261122-first.js';
import { FiguresMigration } from './migrations/migration-20261122-figures.js';
import { HeldBookingsMigration } from './migrations/migration-20261128-held-bookings.js';
import { ImportMappingsMigration } from './migrations/migration-20261128-import-mappings.js';
import { narrowerGrantsSql } from './migrations/narrower-grants.sql.js';
import { PaymentReferencesMigration } from './migrations/migration-20261122-payment-references.js';
import { PayerTransactionsMigration } from './migrations/migration-20261128-payer-transactions.js';
import { ErasedDisputesMigration } from './migrations/migration-20261128-erased-disputes.js';
import { RequestCommandsMigration } from './migrations/migration-20261128-request-commands.js';
import { RowOutcomesMigration } from './migrations/migration-20261128-row-outcomes.js';
import { UnnamedFindingsMigration } from './migrations/migration-20261128-unnamed-findings.js';
import { ZeroTransactionsMigration } from './migrations/migration-20261128-zero-transactions.js';
import { PayersMigration } from './migrations/migration-20261122-payers.js';

/** The ledger's migrations, in order, and its entities: none, for all of its writing is by sets or single statements. */
export const ledgerDatabase: DatabaseParts = {
  entities: [],
  migrations: [
    { name: 'migration-20261122-first', class: FirstMigration },
    { name: 'migration-20261122-payers', class: PayersMigration },
    { name: 'migration-20261122-audit-seals', class: auditSealsMigration('ledger') },
    { name: 'migration-20261122-figures', class: FiguresMigration },
    { name: 'migration-20261122-bulk-commands', class: BulkCommandsMigration },
    { name: 'migration-20261122-daybook', class: DaybookMigration },
    { name: 'migration-20261122-erasure', class: ErasureMigration },
    { name: 'migration-20261122-payment-references', class: PaymentReferencesMigration },
    { name: 'migration-20261128-payer-transactions', class: PayerTransactionsMigration },
    { name: 'migration-20261128-erased-disputes', class: ErasedDisputesMigration },
    { name: 'migration-20261128-unnamed-findings', class: UnnamedFindingsMigration },
    {
      name: 'migration-20261128-narrower-grants',
      class: narrowerGrantsMigration('ledger', narrowerGrantsSql('recoup_ledger')),
    },
    { name: 'migration-20261128-kept-answers', class: keptAnswersMigration('ledger') },
    { name: 'migration-20261128-request-commands', class: RequestCommandsMigration },
    { name: 'migration-20261128-held-bookings', class: HeldBookingsMigration },
    { name: 'migration-20261128-definer-functions', class: DefinerFunctionsMigration },
    { name: 'migration-20261128-zero-transactions', class: ZeroTransactionsMigration },
    { name: 'migration-20261128-row-outcomes', class: RowOutcomesMigration },
    { name: 'migration-20261128-import-mappings', class: ImportMappingsMigration },
  ],
};
