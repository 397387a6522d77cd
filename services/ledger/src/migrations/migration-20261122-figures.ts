import { Migration } from '@mikro-orm/migrations';
import { figuresGrantsSql } from './figures-grants.sql.js';

/** Nobody but the trigger on postings sets a running figure, not even of a new row. */
export class FiguresMigration extends Migration {
  override up(): void {
    for (const statement of figuresGrantsSql('recoup_ledger')) this.addSql(statement);
  }
}
