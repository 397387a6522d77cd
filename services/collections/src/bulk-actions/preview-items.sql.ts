import type { EligibilityAction } from '@recoup/contracts';
import { sql, type RawBuilder } from '@recoup/service-kit';
import type { PreviewParts } from './actions/action.js';
import { chunkItems } from './bulk-action.js';
import { eligibilitySql } from './chunk-items.sql.js';

/**
 * The preview: the whole set fixed by one statement, which locks no account. Items are in order of the account's id;
 * chunks count over the eligible ones. An ineligible account is skipped with the table's reason, then with the action's own,
 * and its amount is 0.
 * @param selected a query of account_id and balance (as of the date)
 */
export function previewItemsSql(
  actionId: string,
  selected: RawBuilder<unknown>,
  parts: PreviewParts,
  eligibility: EligibilityAction,
): RawBuilder<unknown> {
  const promised = sql`CASE WHEN reason IS NULL THEN amount ELSE 0 END`;
  return sql`
    INSERT INTO bulk_action_items
      (action_id, account_id, position, chunk, office_id, currency, as_of_balance, previewed_amount, amount, current_amount, status, reason, before, after)
    SELECT ${actionId}, account_id, row_number() OVER in_order - 1,
           CASE WHEN reason IS NULL THEN (count(*) FILTER (WHERE reason IS NULL) OVER in_order - 1) / ${sql.raw(String(chunkItems))} END,
           office_id, currency, as_of_balance, ${promised}, ${promised}, current_amount,
           CASE WHEN reason IS NULL THEN 'pending' ELSE 'skipped' END, reason, before, after
    FROM (
      SELECT account.id AS account_id, account.office_id, account.currency, selected.balance AS as_of_balance, account.balance AS current_amount,
             ${parts.amount} AS amount, ${parts.before} AS before, ${parts.after} AS after,
             coalesce(eligibility.reason, ${parts.reason}) AS reason
      FROM (${selected}) selected
      JOIN accounts account ON account.id = selected.account_id
      JOIN ${eligibilitySql(eligibility)} ON eligibility.status = account.status
      ${parts.joins}) each
    WINDOW in_order AS (ORDER BY account_id ROWS UNBOUNDED PRECEDING)
    ORDER BY account_id`;
}

/**
 * Sums up a preview in one pass over its items: counts, totals by currency and by office, reasons, offices, and the hash
 * of what would be confirmed. The hash is SHA-256 over type, parameters and the hashes of the chunks, each of which covers
 * account and amount of its items in order, so that no text grows with the selection.
 */
export function previewSummarySql(actionId: string, type: string): RawBuilder<unknown> {
  return sql`
    WITH piece AS (
      SELECT position / ${sql.raw(String(chunkItems))} AS number, currency, office_id, reason, count(*) AS accounts,
             sum(as_of_balance) AS as_of_balance, sum(amount) AS amount, sum(current_amount) AS current_amount,
             sha256(string_agg(uuid_send(account_id) || int8send(amount), ''::bytea ORDER BY position)) AS hash
      FROM bulk_action_items WHERE action_id = ${actionId} GROUP BY 1, 2, 3, 4),
    total AS (
      SELECT piece.currency, o.code AS office_code, grouping(o.code) = 1 AS of_currency,
             jsonb_build_object('currency', piece.currency, 'accounts', sum(accounts)::bigint, 'asOfBalance', sum(as_of_balance)::bigint,
                                'currentBalance', sum(current_amount)::bigint, 'amount', sum(amount)::bigint) AS sums
      FROM piece JOIN offices o ON o.id = piece.office_id WHERE reason IS NULL
      GROUP BY GROUPING SETS ((piece.currency), (piece.currency, o.code))),
    by_reason AS (SELECT reason, sum(accounts)::bigint AS accounts FROM piece WHERE reason IS NOT NULL GROUP BY reason)
    UPDATE bulk_actions b
    SET selected = coalesce((SELECT sum(accounts) FROM piece), 0),
        eligible = coalesce((SELECT sum(accounts) FROM piece WHERE reason IS NULL), 0),
        (totals, office_totals) = (
          SELECT coalesce(json_agg(sums ORDER BY currency) FILTER (WHERE of_currency), '[]'),
                 coalesce(json_agg(sums || jsonb_build_object('officeCode', office_code) ORDER BY currency, office_code)
                            FILTER (WHERE NOT of_currency), '[]')
          FROM total),
        reasons = coalesce((SELECT json_object_agg(reason, accounts ORDER BY reason) FROM by_reason), '{}'),
        office_codes = ARRAY(SELECT o.code FROM offices o WHERE o.id IN (SELECT office_id FROM piece) ORDER BY o.code),
        hash = encode(sha256(convert_to(${type} || b.parameters::text, 'UTF8')
                 || coalesce((SELECT string_agg(hash, ''::bytea ORDER BY number, currency, office_id, reason) FROM piece), ''::bytea)), 'hex'),
        moved_at = clock_timestamp()
    WHERE b.id = ${actionId}
    RETURNING b.selected, b.eligible`;
}
