import { Migration } from '@mikro-orm/migrations';
import { askedExportsTableSql } from '../report/asked-exports.js';

/** An export of the report can be asked for first and fetched by an id. */
export class AskedExportsMigration extends Migration {
  override up(): void {
    this.addSql(askedExportsTableSql);
    this.addSql('GRANT SELECT, INSERT, DELETE ON asked_exports TO recoup_collections');
    this.addSql('GRANT SELECT ON asked_exports TO recoup_collections_reader');
  }
}
