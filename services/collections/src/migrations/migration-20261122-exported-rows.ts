import { Migration } from '@mikro-orm/migrations';
import { appendOnlyGrantsSql } from '@recoup/service-kit';
import { exportedRowsTableSql } from '../bulk-actions/exported-rows.sql.js';

/** An export keeps what it exported; those that ended before have no rows, and no file any more. */
export class ExportedRowsMigration extends Migration {
  override up(): void {
    this.addSql(exportedRowsTableSql);
    this.addSql('GRANT SELECT, INSERT ON exported_rows TO recoup_collections');
    this.addSql('GRANT SELECT ON exported_rows TO recoup_collections_reader');
    for (const statement of appendOnlyGrantsSql('recoup_collections', ['exported_rows'])) this.addSql(statement);
  }
}
