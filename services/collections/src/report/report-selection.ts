import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { Clock, malformed, officeScope, sql, type Actor, type RawBuilder } from '@recoup/service-kit';
import { checkNamedInFilter } from './named-in-filter.js';
import { reportDate } from './report-date.js';
import { reportList, type ReportFilter } from './report-list.js';
import { reportRelation } from './report.query.js';
import { ReportSnapshots } from './report-snapshots.js';
import { snapshotTable, type Snapshot } from './snapshot.js';

/** Which accounts, as of a day: all that match the report's filter less some, or those named (BLK-1). */
export type ReportSelected =
  | { readonly asOf: string; readonly filter: unknown; readonly excludedAccountIds: readonly string[] }
  | { readonly asOf: string; readonly accountIds: readonly string[] };

/** Turns a selection on the report into SQL, for whatever acts on accounts. */
@Injectable()
export class ReportSelection {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly snapshots: ReportSnapshots,
  ) {}

  /**
   * Checks a selection without building anything: filter, date, and that the version it names is still there.
   * @throws DomainError 400 for a filter that the report doesn't have, 410 `report-version-gone`, 422 `as-of-in-future`
   */
  async check(actor: Pick<Actor, 'offices'>, selection: ReportSelected): Promise<void> {
    const filter = readFilter(selection);
    const { asOf } = selection;
    const db = this.orm.em.fork();
    await reportDate(db, this.clock, actor, { ...filter, asOf }, 'selection.asOf');
    await checkNamedInFilter(db, filter, 'selection.filter');
    if (filter.reportVersion !== undefined)
      await this.snapshots.ofVersion(Number(filter.reportVersion), asOf, 'selection.filter');
  }

  /**
   * A query of (account_id uuid, office_id uuid, currency text, balance bigint) for one INSERT … SELECT: each selected
   * account once, within the actor's offices, with its balance as of the day in minor units (0 for a named account that
   * had none). The snapshot behind it is built, if need be, and brought up to date before this returns; it is kept for an
   * hour, so use the query soon, in any transaction.
   * @throws DomainError as `check`
   */
  async accounts(actor: Pick<Actor, 'offices'>, selection: ReportSelected): Promise<RawBuilder<unknown>> {
    const filter = readFilter(selection);
    const db = this.orm.em.fork();
    const asOf = await reportDate(db, this.clock, actor, { ...filter, asOf: selection.asOf }, 'selection.asOf');
    const snapshot = await this.snapshots.of(asOf, filter.reportVersion);
    if ('accountIds' in selection) return named(snapshot, actor, selection.accountIds);
    const excluded = sql`s.account_id <> ALL(${[...selection.excludedAccountIds]}::uuid[])`;
    return sql`SELECT s.account_id, s.office_id, s.currency, s.balance
      FROM ${reportRelation(snapshot, filter)}
      WHERE ${officeScope(actor, sql`o.code`)} AND ${reportList.where(filter)} AND ${excluded}`;
  }
}

/** Named accounts are selected whether or not they had a balance then. */
function named(snapshot: Snapshot, actor: Pick<Actor, 'offices'>, ids: readonly string[]): RawBuilder<unknown> {
  return sql`SELECT a.id AS account_id, a.office_id, a.currency, coalesce(s.balance, 0) AS balance
    FROM accounts a JOIN offices o ON o.id = a.office_id LEFT JOIN ${snapshotTable(snapshot)} s ON s.account_id = a.id
    WHERE a.id = ANY(${[...ids]}::uuid[]) AND ${officeScope(actor, sql`o.code`)}`;
}

function readFilter(selection: ReportSelected): ReportFilter {
  if ('accountIds' in selection) return {};
  const filter = reportList.filter(selection.filter, 'selection.filter');
  const { asOf } = filter;
  if (asOf !== undefined && asOf !== selection.asOf)
    throw malformed('The selection and its filter are of different days.', [
      { field: 'selection.filter.asOf', message: 'differs from selection.asOf', expected: selection.asOf },
    ]);
  return filter;
}
