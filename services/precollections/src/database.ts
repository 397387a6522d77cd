import { receivablesNarrowerGrantsSql } from '@recoup/receivables';
import {
  auditSealsMigration,
  DefinerFunctionsMigration,
  keptAnswersMigration,
  narrowerGrantsMigration,
  type DatabaseParts,
} from '@recoup/service-kit';
import { ErasedContactsMigration } from './migrations/migration-20261128-erased-contacts.js';
import { ErasureMigration } from './migrations/migration-20261122-erasure.js';
import { FirstMigration } from './migrations/migration-20261122-first.js';
import { PayersMigration } from './migrations/migration-20261122-payers.js';

/** The migrations of precollections, in order; it has no entities yet. */
export const precollectionsDatabase: DatabaseParts = {
  entities: [],
  migrations: [
    { name: 'migration-20261122-first', class: FirstMigration },
    { name: 'migration-20261122-payers', class: PayersMigration },
    { name: 'migration-20261122-audit-seals', class: auditSealsMigration('precollections') },
    { name: 'migration-20261122-erasure', class: ErasureMigration },
    { name: 'migration-20261128-erased-contacts', class: ErasedContactsMigration },
    {
      name: 'migration-20261128-narrower-grants',
      class: narrowerGrantsMigration('precollections', receivablesNarrowerGrantsSql('precollections')),
    },
    { name: 'migration-20261128-kept-answers', class: keptAnswersMigration('precollections') },
    { name: 'migration-20261128-definer-functions', class: DefinerFunctionsMigration },
  ],
};
