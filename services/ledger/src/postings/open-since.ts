import { rows, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import type { Allocation, OpenLine } from './allocation.js';
import { later } from './posting.js';

/**
 * Since when bill lines are open by what is open of them now (`bill_line_id`, `since`): the day of the last posting that
 * raised them. What lowers a line takes effect no earlier, so that no line is below 0 as of any date.
 * @param accounts ids of the lines' accounts, by which postings are found; an array or a query, as `billLines` is
 */
export function openSinceSql(accounts: RawBuilder<unknown>, billLines: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT bill_line_id, max(effective_date) AS since FROM postings
             WHERE account_id = ANY (${accounts}) AND bill_line_id = ANY (${billLines}) AND debit LIKE 'receivable:%'
             GROUP BY bill_line_id`;
}

/** The same of an account's lines, by their ids. */
export async function openSince(
  tx: Db,
  accountId: string,
  billLineIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ billLineId: string; since: string }>(
    tx,
    sql`SELECT bill_line_id AS "billLineId", since
        FROM (${openSinceSql(sql`${[accountId]}::uuid[]`, sql`${[...billLineIds]}::uuid[]`)}) AS raised`,
  );
  return new Map(found.map(({ billLineId, since }) => [billLineId, since]));
}

/**
 * Allocations that are to take effect on a day, with since when their lines are open. Only a day in the past needs it:
 * nothing takes effect after today, so that today every line has long been raised.
 */
export async function withOpenSince(
  tx: Db,
  { id, today }: { readonly id: string; readonly today: string },
  effectiveDate: string,
  parts: readonly Allocation[],
): Promise<readonly Allocation[]> {
  if (effectiveDate >= today || parts.length === 0) return parts;
  const since = await openSince(
    tx,
    id,
    parts.map(({ line }) => line.billLineId),
  );
  return parts.map((part) => ({ ...part, line: { ...part.line, openSince: since.get(part.line.billLineId) } }));
}

/** The day on which what lowers a line takes effect: the later of its own and that since which the line is open by so much. */
export function takesEffect(effectiveDate: string, { openSince: since, invoiceDate }: OpenLine): string {
  return later(effectiveDate, since ?? invoiceDate);
}
