import { run, sql, type Db } from '@recoup/service-kit';
import type { TouchedAccount } from '@recoup/receivables';
import { snapshotKeptMinutes } from './snapshot-limits.js';

/**
 * A snapshot is read for an hour after its last use, and marked somewhat longer: one that is taken up again in its last
 * moment has all its marks, and one that nobody wants gathers none.
 */
const markedMinutes = snapshotKeptMinutes + 10;
const lock = sql`hashtextextended('report marks', 0)`;

/** Waits until no marking is under way and keeps others out until the end of the transaction: for a snapshot's header. */
export async function keepOutMarks(tx: Db): Promise<void> {
  await run(tx, sql`SELECT pg_advisory_xact_lock(${lock})`);
}

/**
 * Marks what a run of events touched as to be computed again, in every snapshot of a day from the earliest effective date
 * on; later days are the only ones on which a movement shows. In the transaction that applies the events, under the shared
 * side of the lock: a snapshot whose header is not seen here is built after this commits, and sees its effects.
 */
export async function markStale(tx: Db, touched: readonly TouchedAccount[]): Promise<void> {
  if (touched.length === 0) return;
  await run(tx, sql`SELECT pg_advisory_xact_lock_shared(${lock})`);
  await run(
    tx,
    sql`INSERT INTO report_stale (snapshot_id, account_id)
        SELECT s.id, t.account_id
        FROM unnest(${touched.map(({ accountId }) => accountId)}::uuid[], ${touched.map(({ earliestEffectiveDate }) => earliestEffectiveDate)}::date[])
               AS t (account_id, earliest)
        JOIN report_snapshots s ON s.as_of >= t.earliest AND s.last_used_at > clock_timestamp() - interval ${sql.lit(`${markedMinutes} minutes`)}`,
  );
}
