import { Migration } from '@mikro-orm/migrations';

/** A preview's totals by currency and office stand beside those by currency (CON-4); older previews have none. */
export class OfficeTotalsMigration extends Migration {
  override up(): void {
    this.addSql(`ALTER TABLE bulk_actions ADD COLUMN office_totals json NOT NULL DEFAULT '[]'`);
  }
}
