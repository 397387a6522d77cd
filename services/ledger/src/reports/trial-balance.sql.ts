import { sql, type RawBuilder } from '@recoup/service-kit';
import type { ReportRange } from './report-range.js';

/** How a posting, or a sum of the daybook, changes what the account itself owes (LED-4). */
export const selfChange = (p: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`CASE 'receivable:self' WHEN ${p}.debit THEN ${p}.amount WHEN ${p}.credit THEN -${p}.amount ELSE 0 END`;

/** How it changes what the payer of its line owes. */
export const payerChange = (p: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`CASE WHEN ${p}.debit LIKE 'receivable:%' THEN ${p}.amount WHEN ${p}.credit LIKE 'receivable:%' THEN -${p}.amount ELSE 0 END`;

/** How it changes the account's credit. */
export const creditChange = (p: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`CASE 'account-credit' WHEN ${p}.credit THEN ${p}.amount WHEN ${p}.debit THEN -${p}.amount ELSE 0 END`;

/** The figures of a row of the trial balance, where it may have none. */
export const figureColumns: RawBuilder<unknown> = sql`coalesce(f.opening, 0) AS opening, coalesce(f.movements, '{}'::json) AS movements,
  coalesce(f.closing, 0) AS closing, coalesce(f.credit, 0) AS credit`;

/**
 * Sums changes (`key`, `effective_date`, `type_code`, `owed`, `credit`) to one row a key: opening balance, movements by type
 * within the range, closing balance and credit (LED-5). Opening and movements add up to closing.
 */
export function figuresSql(changes: RawBuilder<unknown>, { from, to }: ReportRange): RawBuilder<unknown> {
  const within = from === undefined ? sql`TRUE` : sql`c.effective_date >= ${from}::date`;
  return sql`
    SELECT key, sum(opening)::bigint AS opening, json_object_agg(type_code, moved) FILTER (WHERE moved <> 0) AS movements,
           (sum(opening) + sum(moved))::bigint AS closing, sum(credit)::bigint AS credit
    FROM (SELECT c.key, CASE WHEN ${within} THEN c.type_code END AS type_code,
                 coalesce(sum(c.owed) FILTER (WHERE NOT ${within}), 0) AS opening,
                 coalesce(sum(c.owed) FILTER (WHERE ${within}), 0)::bigint AS moved, sum(c.credit) AS credit
          FROM (${changes}) c WHERE c.effective_date <= ${to}::date GROUP BY 1, 2) by_type
    GROUP BY key`;
}
