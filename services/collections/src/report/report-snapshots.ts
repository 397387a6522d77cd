import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { againstRule, gone, row, rows, run, sql, transaction, type Db, type RawBuilder } from '@recoup/service-kit';
import { refreshSnapshot } from './refresh-snapshot.js';
import { snapshotKeptMinutes, snapshotsMax } from './snapshot-limits.js';
import { shorterWay, snapshotRowsSql } from './snapshot-rows.sql.js';
import { keepOutMarks } from './stale-accounts.js';

/** A snapshot of the report: its number and the day it is of. */
export interface Snapshot {
  readonly id: number;
  readonly asOf: string;
  /** The version that was asked for: another one must not be read. Absent where any will do, the newest. */
  readonly version?: number;
}

const buildMemory = '128MB';
const sortIndexes = ['balance', 'days_past_due'];

/** The table that holds a snapshot's rows. */
export function snapshotTable({ id }: Snapshot): RawBuilder<unknown> {
  return sql.raw(`snapshots.report_${Number(id)}`);
}

/** Keeps the report's snapshots: makes one for a day when it is first asked for, brings it up to date, drops old ones. */
@Injectable()
export class ReportSnapshots implements OnModuleDestroy {
  private readonly logger = new Logger('Report');
  private readonly building = new Map<string, Promise<Snapshot>>();
  private readonly indexing = new Set<Promise<void>>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly orm: MikroORM) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.indexing);
  }

  /** The snapshot of a version if one is named, else of the day. */
  of(asOf: string, version?: string | number): Promise<Snapshot> {
    return version === undefined ? this.ofDay(asOf) : this.ofVersion(Number(version), asOf);
  }

  /** The snapshot of a day with everything that the projection has applied; built when there is none. */
  async ofDay(asOf: string): Promise<Snapshot> {
    const db = this.orm.em.fork();
    const snapshot = (await findReady(db, sql`s.as_of = ${asOf}`)) ?? (await this.build(asOf));
    await refreshSnapshot(db, snapshot);
    return snapshot;
  }

  /**
   * The snapshot of a version, for pages of one list and for what follows from them: as it was, not brought up to date. It
   * is gone as soon as someone reads the day without naming a version and there is something new.
   * @param where where in the request the filter that names it stands
   * @throws DomainError 410 `report-version-gone`, 422 `report-version-of-another-day`
   */
  async ofVersion(version: number, asOf?: string, where = 'filter'): Promise<Snapshot> {
    const db = this.orm.em.fork();
    const snapshot = await findReady(db, sql`s.version = ${version}`);
    if (!snapshot) throw versionGone(version);
    if (asOf !== undefined && snapshot.asOf !== asOf) throw anotherDay(version, snapshot.asOf, asOf, where);
    return { ...snapshot, version };
  }

  /**
   * Runs queries on a snapshot's table while nobody can drop it; all of them see the same figures, those of `version`.
   * @throws DomainError 410 `report-version-gone` when it was dropped before, or is no longer the version that was asked for
   */
  async read<T>(
    snapshot: Snapshot,
    work: (tx: Db, table: RawBuilder<unknown>, version: number) => Promise<T>,
  ): Promise<T> {
    return transaction(this.orm.em.fork(), async (tx) => {
      await run(tx, sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
      const held = await row<{ version: number }>(
        tx,
        sql`SELECT version FROM report_snapshots WHERE id = ${snapshot.id} FOR KEY SHARE`,
      );
      if (!held || held.version !== (snapshot.version ?? held.version)) throw versionGone(snapshot.version);
      return work(tx, snapshotTable(snapshot), held.version);
    });
  }

  /** One build at a time in this process, each day once; who waits holds no connection, of which a build needs two. */
  private build(asOf: string): Promise<Snapshot> {
    const under = this.building.get(asOf);
    if (under) return under;
    const made = this.queue.then(() => this.buildLocked(asOf)).finally(() => this.building.delete(asOf));
    this.queue = made.catch(() => undefined);
    this.building.set(asOf, made);
    return made;
  }

  /**
   * Builds under a lock of the day, which other replicas wait for. The header is committed first, under the exclusive side
   * of the lock that applying takes: whoever applies later marks what the build may not have seen.
   */
  private async buildLocked(asOf: string): Promise<Snapshot> {
    const { snapshot, fresh } = await transaction(this.orm.em.fork(), async (tx) => {
      await run(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${`report of ${asOf}`}, 0))`);
      const found = await findReady(tx, sql`s.as_of = ${asOf}`);
      if (found) return { snapshot: found, fresh: false };
      await dropSnapshots(this.orm.em.fork(), asOf);
      const made = await transaction(this.orm.em.fork(), async (header) => {
        await keepOutMarks(header);
        return row<Snapshot>(
          header,
          sql`INSERT INTO report_snapshots (as_of) VALUES (${asOf}) RETURNING id, as_of AS "asOf"`,
        );
      });
      if (!made) throw new Error('A snapshot got no number');
      await fill(tx, made);
      return { snapshot: made, fresh: true };
    });
    if (fresh) {
      const indexed = this.addSortIndexes(snapshot).finally(() => this.indexing.delete(indexed));
      this.indexing.add(indexed);
    }
    return snapshot;
  }

  /** What only sorting asks for comes after the first answer: without it a page takes a moment longer, no more. */
  private async addSortIndexes(snapshot: Snapshot): Promise<void> {
    const table = snapshotTable(snapshot);
    try {
      await this.read(snapshot, async (tx) => {
        await run(tx, sql`SET LOCAL maintenance_work_mem = ${sql.lit(buildMemory)}`);
        for (const column of sortIndexes)
          await run(
            tx,
            sql`CREATE INDEX IF NOT EXISTS ${sql.raw(`report_${snapshot.id}_${column}`)} ON ${table} (${sql.raw(column)}, account_id)`,
          );
      });
    } catch (error) {
      this.logger.warn(
        { err: error, snapshot: snapshot.id },
        'A snapshot of the report stays without its sorting indexes',
      );
    }
  }
}

/**
 * CREATE TABLE AS may run in parallel, which INSERT … SELECT may not; the index comes after. The planner can't know how many
 * accounts the sums leave and guesses a few, for which it would look up a million accounts one by one, and add up in a hash
 * table that spills: sorting takes a third of the time.
 */
async function fill(tx: Db, snapshot: Snapshot): Promise<void> {
  const table = snapshotTable(snapshot);
  await run(tx, sql`SET LOCAL work_mem = ${sql.lit(buildMemory)}`);
  await run(tx, sql`SET LOCAL maintenance_work_mem = ${sql.lit(buildMemory)}`);
  await run(tx, sql`SET LOCAL enable_nestloop = off`);
  await run(tx, sql`SET LOCAL enable_hashagg = off`);
  const way = await shorterWay(tx, snapshot.asOf);
  await run(tx, sql`CREATE UNLOGGED TABLE ${table} AS ${snapshotRowsSql(snapshot.asOf, way)}`);
  await run(tx, sql`CREATE UNIQUE INDEX ${sql.raw(`report_${snapshot.id}_account`)} ON ${table} (account_id)`);
  await run(tx, sql`ANALYZE ${table}`);
  await run(tx, sql`INSERT INTO snapshots_alive (snapshot_id) VALUES (${snapshot.id})`);
  await run(
    tx,
    sql`UPDATE report_snapshots SET status = 'ready', built_at = clock_timestamp() WHERE id = ${snapshot.id}`,
  );
}

/** The newest snapshot that is ready, has survived, and is not too old; notes that it was used. */
async function findReady(db: Db, which: RawBuilder<unknown>): Promise<Snapshot | undefined> {
  const found = await row<Snapshot & { idle: boolean }>(
    db,
    sql`SELECT s.id, s.as_of AS "asOf", s.last_used_at < clock_timestamp() - interval '1 minute' AS idle
        FROM report_snapshots s JOIN snapshots_alive alive ON alive.snapshot_id = s.id
        WHERE ${which} AND s.status = 'ready' AND ${young()} ORDER BY s.id DESC LIMIT 1`,
  );
  if (!found) return undefined;
  const { id, asOf, idle } = found;
  if (idle) await run(db, sql`UPDATE report_snapshots SET last_used_at = clock_timestamp() WHERE id = ${id}`);
  return { id, asOf };
}

function young(): RawBuilder<unknown> {
  return sql`s.last_used_at > clock_timestamp() - make_interval(mins => ${snapshotKeptMinutes}::int)`;
}

/**
 * Makes room for a snapshot of a day: drops what was not used for an hour, what a crash emptied or cut off while being
 * built, and the longest unused above the most that are kept. What is being read is left for the next time.
 */
async function dropSnapshots(db: Db, asOf: string): Promise<void> {
  await transaction(db, async (tx) => {
    const dropped = await rows<Snapshot>(
      tx,
      sql`SELECT s.id FROM report_snapshots s
          WHERE (s.status = 'ready' AND (NOT ${young()} OR NOT EXISTS (SELECT 1 FROM snapshots_alive l WHERE l.snapshot_id = s.id)))
             OR (s.status = 'building' AND (s.as_of = ${asOf} OR NOT ${young()}))
             OR s.id IN (SELECT id FROM report_snapshots WHERE status = 'ready' ORDER BY last_used_at DESC OFFSET ${snapshotsMax - 1})
          ORDER BY s.id FOR UPDATE SKIP LOCKED`,
    );
    for (const snapshot of dropped) {
      await run(tx, sql`DROP TABLE IF EXISTS ${snapshotTable(snapshot)}`);
      await run(tx, sql`DELETE FROM report_stale WHERE snapshot_id = ${snapshot.id}`);
      await run(tx, sql`DELETE FROM snapshots_alive WHERE snapshot_id = ${snapshot.id}`);
      await run(tx, sql`DELETE FROM report_snapshots WHERE id = ${snapshot.id}`);
    }
  });
}

function anotherDay(version: number, asOf: string, asked: string, where: string) {
  return againstRule(
    'report-version-of-another-day',
    `Version ${version} of the report is of ${asOf}, not of ${asked}.`,
    [
      {
        field: `${where}.reportVersion`,
        message: 'is a report of another day',
        expected: `asOf ${asOf}, or no reportVersion`,
      },
    ],
  );
}

function versionGone(version?: number) {
  return gone(
    'report-version-gone',
    `${version === undefined ? 'This' : `Version ${version} of the`} report is no longer kept: it was brought up to date since, or not read for an hour. Read it again without reportVersion.`,
  );
}
