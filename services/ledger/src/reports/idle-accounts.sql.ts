import { sql, type Db, type RawBuilder } from '@recoup/service-kit';
import type { ReportRange } from './report-range.js';
import { shorterWay, type Way } from './shorter-way.js';
import { creditChange, selfChange } from './trial-balance.sql.js';

/** What narrows accounts `a` to some of them. */
export interface Narrowed {
  readonly join: RawBuilder<unknown>;
  readonly condition: RawBuilder<unknown>;
}

/** Without narrowing. */
export const everyAccount: Narrowed = { join: sql``, condition: sql`TRUE` };

const p = sql`p`;
const takenUntil = (to: string): RawBuilder<unknown> => sql`p.effective_date <= ${to}::date`;
const takenSince = (from: string): RawBuilder<unknown> => sql`p.effective_date >= ${from}::date`;

/** Accounts that are not idle in a range, by the way that reads fewer postings. */
export async function busyAccounts(db: Db, range: ReportRange): Promise<Narrowed> {
  const { from, to } = range;
  if (from === undefined) return busyAccountsSql(range, 'forth');
  return busyAccountsSql(range, await shorterWay(db, takenUntil(to), takenSince(from)));
}

/**
 * Accounts with a figure in the trial balance of a range: something moved of what they owe themselves, something was owed
 * when it began, or something stands as credit when it ends. The others are idle: each of their figures is 0. Sums are by
 * account, not by type, so that no transaction is looked up.
 * @param way `back` only where the range has a beginning
 */
export function busyAccountsSql({ from, to }: ReportRange, way: Way): Narrowed {
  const since = from === undefined ? sql`TRUE` : takenSince(from);
  const until = takenUntil(to);
  const moved = sql`'receivable:self' IN (p.debit, p.credit) AND ${since} AND ${until}`;
  const back = way === 'back';
  // Either way a sum tells how far the figure of the day is from the one that it is reached from.
  const owed = sql`sum(${selfChange(p)}) FILTER (WHERE ${back ? since : sql`NOT (${since})`})`;
  const credit = sql`sum(${creditChange(p)}) FILTER (WHERE ${back ? sql`NOT (${until})` : until})`;
  const sums = sql`(SELECT p.account_id, bool_or(${moved}) AS moved, coalesce(${owed}, 0) AS owed, coalesce(${credit}, 0) AS credit
    FROM postings p WHERE ${back ? since : until} GROUP BY p.account_id) busy`;
  if (!back)
    return {
      join: sql`JOIN ${sums} ON busy.account_id = a.id`,
      condition: sql`(busy.moved OR busy.owed <> 0 OR busy.credit <> 0)`,
    };
  return {
    join: sql`LEFT JOIN ${sums} ON busy.account_id = a.id`,
    condition: sql`(busy.moved IS TRUE OR a.balance <> coalesce(busy.owed, 0) OR a.credit <> coalesce(busy.credit, 0))`,
  };
}
