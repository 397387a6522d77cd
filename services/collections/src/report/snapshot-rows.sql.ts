import { expectedRows, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { agingBuckets, type AgingBucket } from './aging.js';

/** The columns of a snapshot's row, in the order in which `snapshotRowsSql` gives them. */
export const snapshotColumns: readonly string[] = [
  'account_id',
  'office_id',
  'currency',
  'balance',
  'credit',
  ...agingBuckets.map(({ name }) => name),
  'oldest_due',
  'days_past_due',
  'open_invoices',
];

/** The column of a part of the balance, in the table of that alias. */
export function bucketColumn(alias: string, name: string): RawBuilder<unknown> {
  return sql.raw(`${alias}."${name}"`);
}

/**
 * How a past day is reached: `back` from what is open now, less what moved after the day; `forth` from nothing, adding up
 * what moved until the day. Both give the same figures in whatever order the movements arrived (REP-1, REP-4); which of them
 * reads less depends on the day.
 */
export type Way = 'back' | 'forth';

const back = (day: RawBuilder<unknown>, among: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  SELECT account_id, id AS invoice_id, due_date, open_amount AS amount, 0 AS credit_amount
  FROM invoices WHERE open_amount > 0 AND ${among}
  UNION ALL
  SELECT account_id, invoice_id, due_date, -amount, -credit_amount
  FROM movements WHERE effective_date > ${day} AND ${among}`;

const forth = (day: RawBuilder<unknown>, among: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  SELECT account_id, invoice_id, due_date, amount, credit_amount
  FROM movements WHERE effective_date <= ${day} AND ${among}`;

/**
 * One row an account with a balance as of a day. Credit is the account's, never netted.
 *
 * An invoice may stand below zero on a day: a payment returned later still counts as paid then, and one recorded after the
 * return may take effect before it (`rulings`, 6). It counts in the balance, which is the ledger's sum to the cent, and not
 * among the open invoices.
 * @param among a condition on `account_id` that narrows it to a few accounts; all of them without
 */
export function snapshotRowsSql(asOf: string, way: Way, among: RawBuilder<unknown> = sql`TRUE`): RawBuilder<unknown> {
  const day = sql`${sql.lit(asOf)}::date`;
  return sql`
    SELECT a.id AS account_id, a.office_id, a.currency, p.balance, ${way === 'back' ? sql`a.credit + p.credit` : sql`p.credit`} AS credit,
           ${sql.join(agingBuckets.map(({ name }) => bucketColumn('p', name)))},
           p.oldest_due, greatest(${day} - p.oldest_due, 0) AS days_past_due, p.open_invoices
    FROM (
      SELECT account_id, sum(open)::bigint AS balance, ${sql.join(agingBuckets.map((bucket) => bucketSum(bucket, day)))},
             min(due_date) FILTER (WHERE open > 0) AS oldest_due, count(*) FILTER (WHERE open > 0)::int AS open_invoices,
             sum(credit)::bigint AS credit
      FROM (
        SELECT account_id, invoice_id, due_date, sum(amount)::bigint AS open, sum(credit_amount)::bigint AS credit
        FROM (${way === 'back' ? back(day, among) : forth(day, among)}) moved
        GROUP BY account_id, invoice_id, due_date) open_invoice
      GROUP BY account_id HAVING sum(open) > 0) p
    JOIN accounts a ON a.id = p.account_id`;
}

/** A row on the way back is looked up and sorted; on the way forth it is the next of an index that has all of it. */
const backRowCost = 3;

/** The way that costs less, by the planner's statistics: no row is read to find out. */
export async function shorterWay(db: Db, asOf: string): Promise<Way> {
  const day = sql`${sql.lit(asOf)}::date`;
  const until = await expectedRows(db, sql`SELECT FROM movements WHERE effective_date <= ${day}`);
  const after = await expectedRows(db, sql`SELECT FROM movements WHERE effective_date > ${day}`);
  const open = await expectedRows(db, sql`SELECT FROM invoices WHERE open_amount > 0`);
  return backRowCost * (after + open) < until + after ? 'back' : 'forth';
}

function bucketSum({ name, fromDays, toDays }: AgingBucket, day: RawBuilder<unknown>): RawBuilder<unknown> {
  const from = fromDays === null ? sql`TRUE` : sql`${day} - due_date >= ${sql.lit(fromDays)}`;
  const to = toDays === null ? sql`TRUE` : sql`${day} - due_date <= ${sql.lit(toDays)}`;
  return sql`coalesce(sum(open) FILTER (WHERE ${from} AND ${to}), 0)::bigint AS ${sql.raw(`"${name}"`)}`;
}
