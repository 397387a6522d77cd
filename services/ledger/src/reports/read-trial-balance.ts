import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Clock,
  row,
  rows,
  run,
  selectPage,
  sql,
  stream,
  transaction,
  type Actor,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { accountCountSql, accountRowsSql, accountTotalsSql } from './account-rows.sql.js';
import { daybookTotalsSql, officeRowsSql, payerRowsSql } from './daybook-rows.sql.js';
import { reportRange, type ReportRange } from './report-range.js';
import { everyColumn, trialBalanceColumns, type TrialBalanceColumn } from './trial-balance-columns.js';
import type { TrialBalanceQuery, TrialBalanceRow, TrialBalanceTotals } from './trial-balance-list.js';

/** What one figure of a million accounts is summed and sorted in. */
const sortMemory = '128MB';

/** A trial balance that was asked for: its range, its columns, and where its rows are read. */
export interface OpenTrialBalance {
  readonly db: Db;
  readonly range: ReportRange;
  readonly columns: readonly TrialBalanceColumn[];
}

/** Reads the trial balance (LED-5; `rulings`, 1, 9). */
@Injectable()
export class ReadTrialBalance {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError 422 `from-after-to`, `future-date` */
  async open({ values }: TrialBalanceQuery, actor: Actor): Promise<OpenTrialBalance> {
    const db = this.orm.em.fork();
    const range = await reportRange(db, this.clock, actor, values);
    return { db, range, columns: await trialBalanceColumns(db, range) };
  }

  /** A page of rows, with the number of all that match. */
  async page(query: TrialBalanceQuery, actor: Actor): Promise<{ rows: TrialBalanceRow[]; total: number }> {
    const open = await this.open(query, actor);
    const { db, range } = open;
    const page = await (isByAccount(query)
      ? accountPage(db, query, range, actor)
      : selectPage<TrialBalanceRow>(db, query, {
          columns: sql`k.*`,
          from: keyedRows(query, range, actor),
          scope: sql`TRUE`,
        }));
    return { total: page.total, rows: page.rows.map((each) => withColumns(open, each)) };
  }

  /** The sums of all that match, one object a currency, each in which anything was ever posted. */
  async totals(query: TrialBalanceQuery, actor: Actor): Promise<TrialBalanceTotals[]> {
    const open = await this.open(query, actor);
    const sums = totalsSql(query, open.range, actor);
    const found = await rows<TrialBalanceTotals>(
      open.db,
      sql`SELECT f.key AS currency, f.opening, coalesce(f.movements, '{}'::json) AS movements, f.closing, f.credit
          FROM (${sums}) f ORDER BY f.key`,
    );
    return found.map((each) => withColumns(open, each));
  }

  /** How many rows match. */
  async count(open: OpenTrialBalance, query: TrialBalanceQuery, actor: Actor): Promise<number> {
    const { db, range } = open;
    if (isByAccount(query)) return countAccounts(db, query, range, actor);
    const counting = sql`SELECT count(*) AS total FROM ${keyedRows(query, range, actor)} WHERE ${query.where}`;
    return (await row<{ total: number }>(db, counting))?.total ?? 0;
  }

  /** All rows that match in the order of the list, one by one. */
  async *all(open: OpenTrialBalance, query: TrialBalanceQuery, actor: Actor): AsyncGenerator<TrialBalanceRow> {
    const { db, range } = open;
    const found = isByAccount(query)
      ? await accountRowsSql(db, query, range, actor, sql``)
      : sql`SELECT k.* FROM ${keyedRows(query, range, actor)} WHERE ${query.where} ${query.orderBy}`;
    for await (const each of stream<TrialBalanceRow>(db, found)) yield withColumns(open, each);
  }
}

function isByAccount({ values }: TrialBalanceQuery): boolean {
  return values.by === undefined || values.by === 'account';
}

function keyedRows(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  return query.values.by === 'payer' ? payerRowsSql(query, range, actor) : officeRowsSql(query, range, actor);
}

/** What accounts owe is what their offices are owed: only a text needs the accounts themselves. */
function totalsSql(query: TrialBalanceQuery, range: ReportRange, actor: Actor): RawBuilder<unknown> {
  if (query.values.by === 'payer') return daybookTotalsSql('payer', query, range, actor);
  if (isByAccount(query) && query.values.q !== undefined) return accountTotalsSql(query, range, actor);
  return daybookTotalsSql('office', query, range, actor);
}

async function accountPage(
  db: Db,
  query: TrialBalanceQuery,
  range: ReportRange,
  actor: Actor,
): Promise<{ rows: TrialBalanceRow[]; total: number }> {
  const found = await transaction(db, async (tx) => {
    await run(tx, sql`SET LOCAL work_mem = ${sql.lit(sortMemory)}`);
    return rows<TrialBalanceRow & { total: number }>(tx, await accountRowsSql(tx, query, range, actor, query.limit));
  });
  const [first] = found;
  // A page beyond the last has no row that could tell.
  const total = first?.total ?? (query.from === 0 ? 0 : await countAccounts(db, query, range, actor));
  return { rows: found.map(({ total: _total, ...each }) => each), total };
}

async function countAccounts(db: Db, query: TrialBalanceQuery, range: ReportRange, actor: Actor): Promise<number> {
  return (await row<{ total: number }>(db, await accountCountSql(db, query, range, actor)))?.total ?? 0;
}

function withColumns<T extends { readonly movements: Readonly<Record<string, number>> }>(
  { columns }: OpenTrialBalance,
  found: T,
): T {
  return { ...found, movements: everyColumn(columns, found.movements) };
}
