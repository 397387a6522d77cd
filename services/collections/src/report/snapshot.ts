import { row, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { snapshotKeptMinutes } from './snapshot-limits.js';

/** A snapshot of the report: its number and the day it is of. */
export interface Snapshot {
  readonly id: number;
  readonly asOf: string;
  /** The version that was asked for: another one must not be read. Absent where any will do, the newest. */
  readonly version?: number;
}

/** The table that holds a snapshot's rows. */
export function snapshotTable({ id }: Snapshot): RawBuilder<unknown> {
  return sql.raw(`snapshots.report_${Number(id)}`);
}

/** The newest snapshot that is ready, has survived, and is not too old; notes that it was used. */
export async function findReady(db: Db, which: RawBuilder<unknown>): Promise<Snapshot | undefined> {
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

/** Whether a snapshot `s` was used lately enough to be kept. */
export function young(): RawBuilder<unknown> {
  return sql`s.last_used_at > clock_timestamp() - make_interval(mins => ${snapshotKeptMinutes}::int)`;
}
