import { expectedRows, sql, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { inOffices, type ReportRange } from './report-range.js';
import { creditChange, figureColumns, figuresSql, selfChange } from './trial-balance.sql.js';
import { summedFigures, type SummedFigure, type TrialBalanceQuery } from './trial-balance-list.js';

/**
 * How a figure of a day is reached: `back` from the running figure of now, less what moved after the day; `forth` from
 * nothing, adding up what moved until the day. Both give the same; which of them reads less depends on the day.
 */
export type Way = 'back' | 'forth';

const p = sql`p`;

/** Accounts of the actor's offices, as rows of the trial balance without figures; `order` is what they are sorted by. */
function accountKeys(
  query: TrialBalanceQuery,
  actor: Actor,
  order: { columns: RawBuilder<unknown>; join: RawBuilder<unknown> } = { columns: sql``, join: sql`` },
): RawBuilder<unknown> {
  return sql`(SELECT a.id, a.number AS code, a.name, o.code AS "officeCode", a.currency ${order.columns}
    FROM accounts a JOIN offices o ON o.id = a.office_id ${order.join}
    WHERE ${inOffices(actor, query.values, sql`a.office_id`)}) k WHERE ${query.where}`;
}

/** How many accounts match. */
export function accountCountSql(query: TrialBalanceQuery, actor: Actor): RawBuilder<unknown> {
  return sql`SELECT count(*) AS total FROM (SELECT a.id, a.number AS code, a.name FROM accounts a
    WHERE ${inOffices(actor, query.values, sql`a.office_id`)}) k WHERE ${query.where}`;
}

/**
 * Rows by account. The page is chosen first, so that postings are read for its accounts only; where it is sorted by a
 * figure, that one figure is summed for all accounts before.
 * @param limit which rows, or nothing for all of them
 */
export async function accountRowsSql(
  db: Db,
  query: TrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
  limit: RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  const keys = accountKeys(query, actor, await orderOf(db, query, range));
  const changes = accountChanges(
    sql`JOIN transactions t ON t.id = p.transaction_id WHERE p.account_id = k.id`,
    sql`k.id`,
  );
  return sql`SELECT k.id, k.code, k.name, k."officeCode", k.currency, ${figureColumns}
    FROM (SELECT * FROM ${keys} ${query.orderBy} ${limit}) k LEFT JOIN LATERAL (${figuresSql(changes, range)}) f ON TRUE
    ${query.orderBy}`;
}

/** Sums of all accounts whose name or number matches, by currency. */
export function accountTotalsSql(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  const changes = accountChanges(
    sql`JOIN transactions t ON t.id = p.transaction_id JOIN (SELECT * FROM ${accountKeys(query, actor)}) a ON a.id = p.account_id`,
    sql`a.currency`,
  );
  return figuresSql(changes, range);
}

function accountChanges(which: RawBuilder<unknown>, key: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT ${key} AS key, p.effective_date, t.type_code, ${selfChange(p)} AS owed, ${creditChange(p)} AS credit
    FROM postings p ${which}`;
}

const running = { opening: sql`a.balance`, closing: sql`a.balance`, credit: sql`a.credit` };

async function orderOf(
  db: Db,
  { sort: [name] }: TrialBalanceQuery,
  range: ReportRange,
): Promise<{ columns: RawBuilder<unknown>; join: RawBuilder<unknown> } | undefined> {
  const figure = summedFigures.find((each) => each === name);
  if (figure === undefined) return undefined;
  if (figure === 'opening' && range.from === undefined) return { columns: sql`, 0 AS opening`, join: sql`` };
  const until =
    figure === 'opening' ? sql`p.effective_date < ${range.from}::date` : sql`p.effective_date <= ${range.to}::date`;
  return figureSql(figure, until, await shorterWay(db, until));
}

/** One figure of every account by either way. */
export function figureSql(
  figure: SummedFigure,
  until: RawBuilder<unknown>,
  way: Way,
): { columns: RawBuilder<unknown>; join: RawBuilder<unknown> } {
  const change = figure === 'credit' ? creditChange(p) : selfChange(p);
  const read = way === 'forth' ? until : sql`NOT (${until})`;
  const moved = sql`coalesce(s.moved, 0)`;
  const value = way === 'forth' ? moved : sql`${running[figure]} - ${moved}`;
  return {
    columns: sql`, ${value} AS ${sql.ref(figure)}`,
    join: sql`LEFT JOIN (SELECT p.account_id, sum(${change})::bigint AS moved FROM postings p WHERE ${read} GROUP BY p.account_id) s
      ON s.account_id = a.id`,
  };
}

/** The way that reads fewer postings, by the planner's statistics: no row is read to find out. */
async function shorterWay(db: Db, until: RawBuilder<unknown>): Promise<Way> {
  const forth = await expectedRows(db, sql`SELECT FROM postings p WHERE ${until}`);
  const back = await expectedRows(db, sql`SELECT FROM postings p WHERE NOT (${until})`);
  return forth < back ? 'forth' : 'back';
}
