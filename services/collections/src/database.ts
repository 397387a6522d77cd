import { receivablesNarrowerGrantsSql } from '@recoup/receivables';
import {
  auditSealsMigration,
  DefinerFunctionsMigration,
  keptAnswersMigration,
  narrowerGrantsMigration,
  type DatabaseParts,
} from '@recoup/service-kit';
import { AskedExportsMigration } from './migrations/migration-20261122-asked-exports.js';
import { AsOfMigration } from './migrations/migration-20261122-as-of.js';
import { BulkActionsMigration } from './migrations/migration-20261122-bulk-actions.js';
import { DoneTotalsMigration } from './migrations/migration-20261122-done-totals.js';
import { ExportedNamesMigration } from './migrations/migration-20261122-exported-names.js';
import { ExportedRowsMigration } from './migrations/migration-20261122-exported-rows.js';
import { ErasedContactsMigration } from './migrations/migration-20261128-erased-contacts.js';
import { ErasureMigration } from './migrations/migration-20261122-erasure.js';
import { FirstMigration } from './migrations/migration-20261122-first.js';
import { ItemEffectsMigration } from './migrations/migration-20261122-item-effects.js';
import { OfficeTotalsMigration } from './migrations/migration-20261122-office-totals.js';
import { PayersMigration } from './migrations/migration-20261122-payers.js';
import { ReportVersionsMigration } from './migrations/migration-20261122-report-versions.js';
import { takenBackAnswersSql } from './migrations/taken-back-answers.sql.js';

/** The migrations of collections, in the order in which they run, and its entities (edited reference data only). */
export const collectionsDatabase: DatabaseParts = {
  entities: [],
  migrations: [
    { name: 'migration-20261122-first', class: FirstMigration },
    { name: 'migration-20261122-bulk-actions', class: BulkActionsMigration },
    { name: 'migration-20261122-payers', class: PayersMigration },
    { name: 'migration-20261122-audit-seals', class: auditSealsMigration('collections') },
    { name: 'migration-20261122-as-of', class: AsOfMigration },
    { name: 'migration-20261122-office-totals', class: OfficeTotalsMigration },
    { name: 'migration-20261122-item-effects', class: ItemEffectsMigration },
    { name: 'migration-20261122-done-totals', class: DoneTotalsMigration },
    { name: 'migration-20261122-erasure', class: ErasureMigration },
    { name: 'migration-20261122-exported-rows', class: ExportedRowsMigration },
    { name: 'migration-20261122-report-versions', class: ReportVersionsMigration },
    { name: 'migration-20261122-asked-exports', class: AskedExportsMigration },
    { name: 'migration-20261122-exported-names', class: ExportedNamesMigration },
    { name: 'migration-20261128-erased-contacts', class: ErasedContactsMigration },
    {
      name: 'migration-20261128-narrower-grants',
      class: narrowerGrantsMigration('collections', [
        'REVOKE UPDATE ON asked_exports FROM recoup_collections',
        ...receivablesNarrowerGrantsSql('collections'),
      ]),
    },
    {
      name: 'migration-20261128-kept-answers',
      class: keptAnswersMigration('collections', takenBackAnswersSql),
    },
    { name: 'migration-20261128-definer-functions', class: DefinerFunctionsMigration },
  ],
};
