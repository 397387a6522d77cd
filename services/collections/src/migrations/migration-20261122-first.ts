import { Migration } from '@mikro-orm/migrations';
import { receivablesTablesSql } from '@recoup/receivables';
import {
  auditTablesSql,
  busTablesSql,
  clockTablesSql,
  idempotencyTablesSql,
  runsTablesSql,
  serviceGrantsSql,
} from '@recoup/service-kit';
import { reportTablesSql } from '../report/report-tables.sql.js';

/** The first tables of collections: the kit's, the projection of the ledger, stages, flags and the report. */
export class FirstMigration extends Migration {
  override up(): void {
    const kit = [busTablesSql, runsTablesSql, idempotencyTablesSql, auditTablesSql, clockTablesSql];
    for (const statement of [...kit, receivablesTablesSql, reportTablesSql]) this.addSql(statement);
    for (const statement of serviceGrantsSql('collections')) this.addSql(statement);
  }
}
