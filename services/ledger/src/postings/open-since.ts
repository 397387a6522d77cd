import { rows, sql, type Db } from '@recoup/service-kit';
import type { Allocation, OpenLine } from './allocation.js';
import { later } from './posting.js';

/**
 * Since when bill lines of an account are open by what is open of them now: the day of the last posting that raised them.
 * What lowers a line takes effect no earlier, so that no line is below 0 as of any date.
 */
export async function openSince(
  tx: Db,
  accountId: string,
  billLineIds: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows<{ billLineId: string; since: string }>(
    tx,
    sql`SELECT bill_line_id AS "billLineId", max(effective_date) AS since FROM postings
        WHERE account_id = ${accountId} AND bill_line_id = ANY(${[...billLineIds]}::uuid[]) AND debit LIKE 'receivable:%'
        GROUP BY bill_line_id`,
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
