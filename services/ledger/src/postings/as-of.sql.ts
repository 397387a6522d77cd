import { sql, type RawBuilder } from '@recoup/service-kit';

/**
 * What the account itself owed at the end of a day, by effective date (LED-3): the sum of the postings up to it.
 * `which` narrows the postings `p`.
 */
export function openAsOfSql(which: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`(SELECT coalesce(sum(CASE 'receivable:self' WHEN p.debit THEN p.amount WHEN p.credit THEN -p.amount ELSE 0 END), 0)::bigint
              FROM postings p WHERE ${which} AND p.effective_date <= ${asOf}::date)`;
}

/** What was open of one bill line at the end of a day, whoever owes it. */
export function lineOpenAsOfSql(which: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`(SELECT coalesce(sum(CASE WHEN p.debit LIKE 'receivable:%' THEN p.amount ELSE -p.amount END), 0)::bigint
              FROM postings p WHERE ${which} AND p.effective_date <= ${asOf}::date)`;
}

/** What stood as the account's credit at the end of a day. */
export function creditAsOfSql(which: RawBuilder<unknown>, asOf: string): RawBuilder<unknown> {
  return sql`(SELECT coalesce(sum(CASE 'account-credit' WHEN p.credit THEN p.amount WHEN p.debit THEN -p.amount ELSE 0 END), 0)::bigint
              FROM postings p WHERE ${which} AND p.effective_date <= ${asOf}::date)`;
}
