import { rows, run, sql, transaction, type Db } from '@recoup/service-kit';
import { snapshotsMax } from './snapshot-limits.js';
import { snapshotTable, young, type Snapshot } from './snapshot.js';

/**
 * Makes room for a snapshot of a day: drops what was not used for an hour, what a crash emptied or cut off while being
 * built, and the longest unused above the most that are kept. What is being read is left for the next time.
 */
export async function dropSnapshots(db: Db, asOf: string): Promise<void> {
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
