import { Migration } from '@mikro-orm/migrations';
import { deliveriesTablesSql } from '@recoup/file-exchange';
import { serviceGrantsSql } from '@recoup/service-kit';
import { agencyTablesSql } from '../agencies/agencies-tables.sql.js';
import { armCode, armFileFormat } from '../agencies/arm.js';
import { bulkActionTablesSql } from '../bulk-actions/bulk-actions-tables.sql.js';

/** An account has one open period, found by its own index: through the exclusion constraint's it took eight times as long. */
const openPeriodSql = `CREATE UNIQUE INDEX stage_periods_open ON stage_periods (account_id) WHERE upper_inf(period)`;

/** Bulk actions, agencies with ARM, referrals and deliveries; the numbers of their events join those of accounts. */
export class BulkActionsMigration extends Migration {
  override up(): void {
    for (const statement of [bulkActionTablesSql, agencyTablesSql, deliveriesTablesSql]) this.addSql(statement);
    this.addSql(`CREATE OR REPLACE VIEW aggregate_sequences AS
      SELECT 'recoup.collections.events'::text AS topic, account_id::text AS aggregate_id, sequence FROM account_states
      UNION ALL SELECT 'recoup.collections.events', id::text, sequence FROM agencies
      UNION ALL SELECT 'recoup.collections.events', id::text, sequence FROM bulk_actions`);
    this.addSql(openPeriodSql);
    this.addSql(`INSERT INTO agencies (code, name, interface_method, file_format, bookkeeping)
      VALUES ('${armCode}', 'ARM', 'folder', '${JSON.stringify(armFileFormat)}', 'keep-open')`);
    for (const statement of serviceGrantsSql('collections', ['referrals', 'placement_rows'])) this.addSql(statement);
  }
}
