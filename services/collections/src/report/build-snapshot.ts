import { run, sql, type Db } from '@recoup/service-kit';
import { shorterWay, snapshotRowsSql } from './snapshot-rows.sql.js';
import { snapshotTable, type Snapshot } from './snapshot.js';

const buildMemory = '128MB';
/** By balance either way, for the currencies keep their order whichever the direction; days go backward through one index. */
const sortIndexes = {
  balance_down: 'currency, balance DESC, account_id DESC',
  balance_up: 'currency, balance, account_id',
  days_past_due: 'days_past_due, account_id',
} as const;

/**
 * CREATE TABLE AS may run in parallel, which INSERT … SELECT may not; the index comes after. The planner can't know how many
 * accounts the sums leave and guesses a few, for which it would look up a million accounts one by one, and add up in a hash
 * table that spills: sorting takes a third of the time.
 */
export async function fillSnapshot(tx: Db, snapshot: Snapshot): Promise<void> {
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

/** The indexes that only sorting a page asks for. */
export async function indexSnapshot(tx: Db, snapshot: Snapshot): Promise<void> {
  await run(tx, sql`SET LOCAL maintenance_work_mem = ${sql.lit(buildMemory)}`);
  for (const [name, columns] of Object.entries(sortIndexes))
    await run(
      tx,
      sql`CREATE INDEX IF NOT EXISTS ${sql.raw(`report_${snapshot.id}_${name}`)} ON ${snapshotTable(snapshot)} (${sql.raw(columns)})`,
    );
}
