import { Migration } from '@mikro-orm/migrations';

/**
 * What became of a row stands beside what was doubtful of it: that is known when the row's chunk is booked. Of warnings of earlier
 * imports nothing is known.
 */
export class RowOutcomesMigration extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE import_rejections
      ADD COLUMN row_outcome text CHECK (row_outcome IN ('booked', 'unchanged', 'refused'))`);
    this.addSql('GRANT UPDATE (row_outcome) ON import_rejections TO recoup_ledger');
  }
}
