import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { row, run, sql, transaction, type Db, type RawBuilder } from '@recoup/service-kit';
import { fillSnapshot, indexSnapshot } from './build-snapshot.js';
import { dropSnapshots } from './drop-snapshots.js';
import { refreshSnapshot } from './refresh-snapshot.js';
import { anotherDay, versionGone } from './report-version.js';
import { findReady, snapshotTable, type Snapshot } from './snapshot.js';
import { keepOutMarks } from './stale-accounts.js';

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
      await fillSnapshot(tx, made);
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
    try {
      await this.read(snapshot, (tx) => indexSnapshot(tx, snapshot));
    } catch (error) {
      this.logger.warn(
        { err: error, snapshot: snapshot.id },
        'A snapshot of the report stays without its sorting indexes',
      );
    }
  }
}
