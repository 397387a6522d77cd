import { Migration } from '@mikro-orm/migrations';

/** What an action did stands beside what its preview promised: null until it has ended, and of earlier ones computed here. */
export class DoneTotalsMigration extends Migration {
  override up(): void {
    this.addSql('ALTER TABLE bulk_actions ADD COLUMN done_totals json, ADD COLUMN done_office_totals json');
    this.addSql(`UPDATE bulk_actions b SET (done_totals, done_office_totals) = (
      SELECT coalesce(json_agg(sums ORDER BY currency) FILTER (WHERE of_currency), '[]'),
             coalesce(json_agg(sums || jsonb_build_object('officeCode', office_code) ORDER BY currency, office_code)
                        FILTER (WHERE NOT of_currency), '[]')
      FROM (SELECT i.currency, o.code AS office_code, grouping(o.code) = 1 AS of_currency,
                   jsonb_build_object('currency', i.currency, 'accounts', count(*), 'asOfBalance', sum(i.as_of_balance)::bigint,
                                      'currentBalance', coalesce(sum(i.current_amount), 0)::bigint, 'amount', sum(i.amount)::bigint) AS sums
            FROM bulk_action_items i JOIN offices o ON o.id = i.office_id WHERE i.action_id = b.id AND i.status = 'done'
            GROUP BY GROUPING SETS ((i.currency), (i.currency, o.code))) total)
      WHERE b.ended`);
    this.addSql(`ALTER TABLE bulk_actions ADD CONSTRAINT bulk_actions_ended
      CHECK (NOT ended OR (done_totals IS NOT NULL AND done_office_totals IS NOT NULL))`);
  }
}
