import { sql, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { busyAccounts, everyAccount, type Narrowed } from './idle-accounts.sql.js';
import { inOffices, type ReportRange } from './report-range.js';
import { shorterWay, type Way } from './shorter-way.js';
import { creditChange, figureColumns, figuresSql, selfChange } from './trial-balance.sql.js';
import { summedFigures, type SummedFigure, type TrialBalanceQuery } from './trial-balance-list.js';

const p = sql`p`;

/** What rows are sorted by, where it is no column of the account: a figure, and where it is read. */
interface Order {
  readonly columns: RawBuilder<unknown>;
  readonly join: RawBuilder<unknown>;
}
const noOrder: Order = { columns: sql``, join: sql`` };

/** Accounts of the actor's offices, as rows of the trial balance without figures. */
function accountKeys(
  query: TrialBalanceQuery,
  actor: Actor,
  narrowed: Narrowed = everyAccount,
  order: Order = noOrder,
): RawBuilder<unknown> {
  return sql`(SELECT a.id, a.number AS code, a.name, o.code AS "officeCode", a.currency ${order.columns}
    FROM accounts a JOIN offices o ON o.id = a.office_id ${narrowed.join} ${order.join}
    WHERE ${inOffices(actor, query.values, sql`a.office_id`)} AND ${narrowed.condition}) k WHERE ${query.where}`;
}

/** Which accounts have a row: those with a figure, unless all are asked for. */
function rowsOf(db: Db, { values }: TrialBalanceQuery, range: ReportRange): Promise<Narrowed> {
  return values.idleAccounts === true ? Promise.resolve(everyAccount) : busyAccounts(db, range);
}

/** How many accounts have a row. */
export async function accountCountSql(
  db: Db,
  query: TrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
): Promise<RawBuilder<unknown>> {
  const { join, condition } = await rowsOf(db, query, range);
  return sql`SELECT count(*) AS total FROM (SELECT a.id, a.number AS code, a.name FROM accounts a ${join}
    WHERE ${inOffices(actor, query.values, sql`a.office_id`)} AND ${condition}) k WHERE ${query.where}`;
}

/**
 * Rows by account, each with `total`, the number of all rows. The page is chosen first, so that postings are read for its
 * accounts only; where it is sorted by a figure, that one figure is summed for all accounts before. Which accounts are idle
 * takes a sum of all: it is made once, for page and number alike, while all accounts are found by their index.
 * @param limit which rows, or nothing for all of them
 */
export async function accountRowsSql(
  db: Db,
  query: TrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
  limit: RawBuilder<unknown>,
): Promise<RawBuilder<unknown>> {
  const shown = await rowsOf(db, query, range);
  const keys = accountKeys(query, actor, shown, await orderOf(db, query, range));
  const changes = accountChanges(
    sql`JOIN transactions t ON t.id = p.transaction_id WHERE p.account_id = k.id`,
    sql`k.id`,
  );
  return sql`WITH found AS ${shown === everyAccount ? sql`NOT MATERIALIZED` : sql`MATERIALIZED`} (SELECT * FROM ${keys})
    SELECT k.id, k.code, k.name, k."officeCode", k.currency, ${figureColumns}, (SELECT count(*) FROM found) AS total
    FROM (SELECT * FROM found k ${query.orderBy} ${limit}) k LEFT JOIN LATERAL (${figuresSql(changes, range)}) f ON TRUE
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

async function orderOf(db: Db, { sort: [name] }: TrialBalanceQuery, range: ReportRange): Promise<Order | undefined> {
  const figure = summedFigures.find((each) => each === name);
  if (figure === undefined) return undefined;
  if (figure === 'opening' && range.from === undefined) return { columns: sql`, 0 AS opening`, join: sql`` };
  const until =
    figure === 'opening' ? sql`p.effective_date < ${range.from}::date` : sql`p.effective_date <= ${range.to}::date`;
  return figureSql(figure, until, await shorterWay(db, until, sql`NOT (${until})`));
}

/** One figure of every account by either way. */
export function figureSql(figure: SummedFigure, until: RawBuilder<unknown>, way: Way): Order {
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
