import { row, run, sql, transaction, type Db, type RawBuilder } from '@recoup/service-kit';
import type { Snapshot } from './snapshot.js';
import { snapshotColumns, snapshotRowsSql } from './snapshot-rows.sql.js';

/**
 * Computes again what the projection has changed since a snapshot was built or last read, and only that. The lock of the
 * header keeps a second reader from doing the same; marks written meanwhile stay for the next read. Other figures are another
 * version.
 */
export async function refreshSnapshot(db: Db, snapshot: Snapshot): Promise<void> {
  const stale = await row(db, sql`SELECT 1 FROM report_stale WHERE snapshot_id = ${snapshot.id} LIMIT 1`);
  if (!stale) return;
  await transaction(db, async (tx) => {
    const held = await row(tx, sql`SELECT 1 FROM report_snapshots WHERE id = ${snapshot.id} FOR NO KEY UPDATE`);
    if (!held) return;
    await run(tx, recomputeSql(snapshot));
    await run(tx, sql`UPDATE report_snapshots SET version = nextval('report_versions') WHERE id = ${snapshot.id}`);
  });
}

/**
 * Takes the marks and puts right the rows of their accounts in one statement, so that both see the same committed events:
 * what another transaction applies meanwhile keeps its mark.
 */
function recomputeSql({ id, asOf }: Snapshot): RawBuilder<unknown> {
  const computed = snapshotRowsSql(asOf, 'back', sql`account_id IN (SELECT account_id FROM stale)`);
  const columns = snapshotColumns.map((name) => sql.raw(`"${name}"`));
  const values = snapshotColumns.map((name) => sql.raw(`fresh."${name}"`));
  const changes = snapshotColumns.slice(1).map((name) => sql.raw(`"${name}" = fresh."${name}"`));
  return sql`
    WITH marks AS (DELETE FROM report_stale WHERE snapshot_id = ${id} RETURNING account_id),
    stale AS MATERIALIZED (SELECT DISTINCT account_id FROM marks),
    computed AS MATERIALIZED (${computed})
    MERGE INTO ${sql.raw(`snapshots.report_${Number(id)}`)} kept
    USING (SELECT stale.account_id AS stale_id, computed.* FROM stale LEFT JOIN computed ON computed.account_id = stale.account_id) fresh
    ON kept.account_id = fresh.stale_id
    WHEN MATCHED AND fresh.account_id IS NULL THEN DELETE
    WHEN MATCHED THEN UPDATE SET ${sql.join(changes)}
    WHEN NOT MATCHED AND fresh.account_id IS NOT NULL THEN INSERT (${sql.join(columns)}) VALUES (${sql.join(values)})`;
}
