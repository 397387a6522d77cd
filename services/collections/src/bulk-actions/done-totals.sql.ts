import { sql, type RawBuilder } from '@recoup/service-kit';

/**
 * What an action did, summed up in one pass over its done items: a query of one row (totals, office_totals), each JSON in
 * the form of the preview's. Today's balance is that at which the item was carried out.
 * @param actionId the action's id, as SQL
 */
export function doneTotalsSql(actionId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    SELECT coalesce(json_agg(sums ORDER BY currency) FILTER (WHERE of_currency), '[]') AS totals,
           coalesce(json_agg(sums || jsonb_build_object('officeCode', office_code) ORDER BY currency, office_code)
                      FILTER (WHERE NOT of_currency), '[]') AS office_totals
    FROM (
      SELECT item.currency, o.code AS office_code, grouping(o.code) = 1 AS of_currency,
             jsonb_build_object('currency', item.currency, 'accounts', sum(item.accounts)::bigint, 'asOfBalance', sum(item.as_of_balance)::bigint,
                                'currentBalance', coalesce(sum(item.current_amount), 0)::bigint, 'amount', sum(item.amount)::bigint) AS sums
      FROM (SELECT currency, office_id, count(*) AS accounts, sum(as_of_balance) AS as_of_balance, sum(current_amount) AS current_amount,
                   sum(amount) AS amount
            FROM bulk_action_items WHERE action_id = ${actionId} AND status = 'done' GROUP BY currency, office_id) item
      JOIN offices o ON o.id = item.office_id
      GROUP BY GROUPING SETS ((item.currency), (item.currency, o.code))) total`;
}
