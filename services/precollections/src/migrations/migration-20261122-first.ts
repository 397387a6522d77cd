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
import { sequencesViewSql } from './sequences-view.sql.js';

/** The first tables: the kit's and the projection of the ledger, then what each role may do. */
export class FirstMigration extends Migration {
  override up(): void {
    const kit = [busTablesSql, runsTablesSql, idempotencyTablesSql, auditTablesSql, clockTablesSql];
    for (const statement of [...kit, receivablesTablesSql, sequencesViewSql]) this.addSql(statement);
    for (const statement of serviceGrantsSql('precollections')) this.addSql(statement);
  }
}
