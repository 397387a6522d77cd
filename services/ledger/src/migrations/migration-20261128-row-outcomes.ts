import { Migration } from '@mikro-orm/migrations';

/**
 * What became of a row stands beside what was doubtful of it: that is known when the row's chunk is booked. Rows that were
 * refused are known to be so at once, also those of earlier imports; of other earlier rows nothing was kept.
 */
export class RowOutcomesMigration extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE import_rejections
      ADD COLUMN row_outcome text CHECK (row_outcome IN ('booked', 'unchanged', 'refused'))`);
    this.addSql('GRANT UPDATE (row_outcome) ON import_rejections TO recoup_ledger');
    this.addSql(`UPDATE import_rejections r SET row_outcome = 'refused'
      WHERE severity = 'refused' OR EXISTS (
        SELECT FROM import_rejections o WHERE o.import_id = r.import_id AND o.line = r.line AND o.severity = 'refused')`);
  }
}
