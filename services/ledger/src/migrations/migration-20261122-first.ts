import { Migration } from '@mikro-orm/migrations';
import {
  auditTablesSql,
  busTablesSql,
  clockTablesSql,
  idempotencyTablesSql,
  runsTablesSql,
  serviceGrantsSql,
} from '@recoup/service-kit';
import { booksTablesSql } from './books-tables.sql.js';
import { referenceTablesSql } from './reference-tables.sql.js';
import { runningFiguresSql } from './running-figures.sql.js';
import { transactionTypesSql } from './transaction-types.sql.js';
import { workTablesSql } from './work-tables.sql.js';

const role = 'recoup_ledger';

/** Columns of an account that the service itself changes; balance and credit are not among them. */
const accountColumns =
  'name, language, status, statement_hold, contact, phone_hashes, email_hash, sequence, contact_sequence, version';

/** What is booked stays: nobody but the owner updates or deletes it, and running figures follow postings alone (LED-1). */
const booksGrantsSql = [
  `REVOKE UPDATE, DELETE ON invoices, bill_lines, accounts, payers, transaction_types FROM ${role}`,
  `REVOKE INSERT ON payers FROM ${role}`,
  `GRANT UPDATE (${accountColumns}) ON accounts TO ${role}`,
  `GRANT UPDATE (settled_on) ON invoices TO ${role}`,
  `REVOKE DELETE ON offices, disputes FROM ${role}`,
];

/** The ledger's first tables: the kit's, reference data, the books, imports and answers, then what each role may do. */
export class FirstMigration extends Migration {
  override up(): void {
    const kit = [busTablesSql, runsTablesSql, idempotencyTablesSql, auditTablesSql, clockTablesSql];
    const own = [referenceTablesSql, transactionTypesSql, booksTablesSql, runningFiguresSql, workTablesSql];
    for (const statement of [...kit, ...own]) this.addSql(statement);
    const appendOnly = ['transactions', 'postings', 'service_lines', 'command_answers', 'import_rejections'];
    for (const statement of serviceGrantsSql('ledger', appendOnly)) this.addSql(statement);
    for (const statement of booksGrantsSql) this.addSql(statement);
  }
}
