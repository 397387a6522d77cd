import { Migration } from '@mikro-orm/migrations';

/**
 * A version of the report is its figures, not its table: a snapshot that is brought up to date gets another number. The
 * numbers go on after those of the snapshots, which were versions before. No index is unique by it, for then readers, who
 * hold the row's key, would have to be waited for.
 */
export class ReportVersionsMigration extends Migration {
  override up(): void {
    this.addSql('CREATE SEQUENCE report_versions');
    this.addSql(`SELECT setval('report_versions', (SELECT coalesce(max(id), 0) + 1 FROM report_snapshots))`);
    this.addSql(`ALTER TABLE report_snapshots DROP COLUMN revision,
      ADD COLUMN version bigint NOT NULL DEFAULT nextval('report_versions')`);
    this.addSql('GRANT USAGE ON SEQUENCE report_versions TO recoup_collections');
  }
}
