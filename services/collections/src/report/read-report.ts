import { Inject, Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Answer,
  BUS_CONFIG,
  Clock,
  listAnswer,
  officeScope,
  projectionCurrency,
  row,
  rows,
  sql,
  type Actor,
  type BusConfig,
  type RawBuilder,
} from '@recoup/service-kit';
import { agingBuckets, type BucketName } from './aging.js';
import { checkNamedInFilter } from './named-in-filter.js';
import { reportDate } from './report-date.js';
import { reportList, type ReportFilter, type ReportQuery } from './report-list.js';
import { ReportSnapshots } from './report-snapshots.js';
import type { Snapshot } from './snapshot.js';
import {
  countsSql,
  reportColumns,
  reportRelation,
  totalsSql,
  type ReportRow,
  type ReportTotals,
} from './report.query.js';

/** How many accounts each stage and each part of the balance has; an account counts in every part where it owes. */
export interface ReportCounts {
  readonly stages: Readonly<Record<string, number>>;
  readonly buckets: Readonly<Record<BucketName, number>>;
}

/** What a request for the report comes to: its snapshot, its condition, and headers that say how current it is. */
export interface OpenReport {
  readonly snapshot: Snapshot;
  readonly where: RawBuilder<unknown>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads the Collections report (REP-1 to REP-3). */
@Injectable()
export class ReadReport {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly snapshots: ReportSnapshots,
    @Inject(BUS_CONFIG) private readonly bus: BusConfig,
  ) {}

  /**
   * Finds the snapshot for a filter and says how current it is; how current is read first, so that it never claims more
   * than the snapshot holds.
   * @throws DomainError 410 `report-version-gone`, 422 `as-of-in-future`, `report-version-of-another-day`, `unknown-agency`, `unknown-flag`
   */
  async open(values: ReportFilter, actor: Actor): Promise<OpenReport> {
    const db = this.orm.em.fork();
    const asOf = await reportDate(db, this.clock, actor, values, 'filter.asOf');
    await checkNamedInFilter(db, values, 'filter');
    const { currentAsOf, eventsBehind } = await projectionCurrency(this.orm, 'ledger', this.bus.topicPrefix);
    const { reportVersion } = values;
    const snapshot =
      reportVersion === undefined
        ? await this.snapshots.ofDay(asOf)
        : await this.snapshots.ofVersion(Number(reportVersion), values.asOf);
    const headers = {
      ...(currentAsOf === null ? {} : { 'Recoup-Current-As-Of': currentAsOf }),
      'Recoup-Events-Behind': String(eventsBehind),
    };
    return { snapshot, where: sql`${officeScope(actor, sql`o.code`)} AND ${reportList.where(values)}`, headers };
  }

  /** A page of rows, with the number of all that match. */
  async page(query: ReportQuery, actor: Actor): Promise<Answer<ReportRow[]>> {
    const { values, sort, orderBy, limit, from } = query;
    const { snapshot, where, headers } = await this.open(values, actor);
    const page = await this.snapshots.read(snapshot, async (tx, _table, version) => {
      const sorted = reportRelation(snapshot, values, sort[0]);
      const found = await rows<ReportRow>(
        tx,
        sql`SELECT ${reportColumns} FROM ${sorted} WHERE ${where} ${orderBy} ${limit}`,
      );
      const relation = reportRelation(snapshot, values);
      const counted = await row<{ total: number }>(tx, sql`SELECT count(*) AS total FROM ${relation} WHERE ${where}`);
      return { rows: found, total: counted?.total ?? 0, version };
    });
    const answer = listAnswer('report', from, page);
    return new Answer(answer.body, answer.status, { ...answer.headers, ...headers, ...versionHeader(page.version) });
  }

  /** Totals of all that match, one object a currency. */
  async totals(values: ReportFilter, actor: Actor): Promise<Answer<ReportTotals[]>> {
    const { snapshot, where, headers } = await this.open(values, actor);
    const query = totalsSql(reportRelation(snapshot, values), where);
    return this.snapshots.read(
      snapshot,
      async (tx, _table, version) =>
        new Answer(await rows<ReportTotals>(tx, query), 200, { ...headers, ...versionHeader(version) }),
    );
  }

  /** How many of all that match each stage and each part of the balance has. */
  async counts(values: ReportFilter, actor: Actor): Promise<Answer<ReportCounts>> {
    const { snapshot, where, headers } = await this.open(values, actor);
    const query = countsSql(reportRelation(snapshot, values), where);
    const { found, version } = await this.snapshots.read(snapshot, async (tx, _table, read) => ({
      found: await rows<{ stage: string; accounts: number; buckets: Record<BucketName, number> }>(tx, query),
      version: read,
    }));
    const stages = {
      'not-set': 0,
      pending: 0,
      sent: 0,
      ...Object.fromEntries(found.map((each) => [each.stage, each.accounts])),
    };
    const counted = (name: BucketName): number => found.reduce((sum, { buckets }) => sum + buckets[name], 0);
    const buckets = Object.fromEntries(
      agingBuckets.map(({ name }) => [name, counted(name)]),
    ) as ReportCounts['buckets'];
    return new Answer({ stages, buckets }, 200, { ...headers, ...versionHeader(version) });
  }
}

/** The version of the figures that were read, for `filter.reportVersion`. */
export function versionHeader(version: number): Record<string, string> {
  return { 'Recoup-Report-Version': String(version) };
}
