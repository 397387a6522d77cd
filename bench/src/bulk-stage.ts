import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client as Api, type BulkAction } from '@recoup/e2e/client';
import type { Client } from 'pg';
import type { Bench } from './benches.js';
import { Books, set, sqlFile } from './books.js';
import { inPairs, sayRatio } from './pairs.js';

const office = 'BENCH-3';
const daysPastDueMin = 31;
const pollMs = 10;
const limitMs = 600_000;

/**
 * B1: Update Stage on a tenth of all accounts, chosen by filter, from the request for its preview to the run's end, with
 * all services up and relaying; against one SQL file that leaves the same rows in one transaction. Both find the day's
 * snapshot of the report, as a person does who has looked at it. Legs set the two stages by turns.
 */
export const bulkStage: Bench = (options) =>
  Books.with(options, async (books) => {
    const sql = await books.connect('collections', { office });
    const file = sqlFile('bulk-stage');
    const leg = async (run: (stage: string) => Promise<number>): Promise<number> => {
      await settle(sql);
      const took = await run(await otherStage(sql));
      console.log(`  ${run.name} ${took.toFixed(2)} s, load ${loadavg()[0]?.toFixed(1)}`);
      return took;
    };
    const ours = (stage: string): Promise<number> => throughTheApi(books, sql, stage);
    const pair = (stage: string): Promise<number> => bySql(sql, file, stage);
    await leg(ours);
    await set(sql, { snapshot: await snapshotOf(sql, books.day) });
    const result = await inPairs(
      options.pairs,
      () => leg(ours),
      () => leg(pair),
    );
    await settle(sql);
    await books.verify();
    sayRatio(result);
  });

async function throughTheApi(books: Books, sql: Client, stage: string): Promise<number> {
  const supervisor = await Api.as(books.system, 'supervisor');
  const selection = { asOf: books.day, filter: { officeCodes: [office], daysPastDueMin } };
  const since = performance.now();
  const asked = await supervisor.post<BulkAction>('collections', 'bulk-actions', {
    type: 'update-stage',
    selection,
    parameters: { stage },
  });
  const preview =
    asked.status === 'preview' ? asked : await supervisor.until(asked.id, ({ status }) => status !== 'previewing');
  const previewed = performance.now();
  await supervisor.confirm(preview.id);
  await finished(sql, preview.id);
  const ended = performance.now();
  const { counts } = await supervisor.until(preview.id, ({ status }) => status === 'completed');
  if (counts.done === 0 || counts.done !== counts.selected)
    throw new Error(`${counts.done} of ${counts.selected} accounts were changed`);
  console.log(`  preview ${seconds(since, previewed)} s, run ${seconds(previewed, ended)} s, ${counts.done} accounts`);
  return (ended - since) / 1000;
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(2);
}

/** Waits until the run's end is seen in the database. */
async function finished(sql: Client, id: string): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const { rows } = await sql.query<{ status: string }>(
      'SELECT status FROM runs WHERE id = $1 AND finished_at IS NOT NULL',
      [id],
    );
    if (rows[0]?.status === 'completed') return;
    if (rows[0] || performance.now() > deadline)
      throw new Error(`The run ended as ${rows[0]?.status ?? 'nothing yet'}`);
    await sleep(pollMs);
  }
}

async function bySql(sql: Client, file: string, stage: string): Promise<number> {
  await set(sql, { stage, action: randomUUID() });
  const since = performance.now();
  await sql.query(`BEGIN; ${file} COMMIT;`);
  return (performance.now() - since) / 1000;
}

async function snapshotOf(sql: Client, day: string): Promise<string> {
  const { rows } = await sql.query<{ id: number }>(
    `SELECT id FROM report_snapshots WHERE as_of = $1 AND status = 'ready' ORDER BY id DESC LIMIT 1`,
    [day],
  );
  return `snapshots.report_${rows[0]?.id}`;
}

/** The stage that the accounts do not have: a leg changes all of them. */
async function otherStage(sql: Client): Promise<string> {
  const { rowCount } = await sql.query(`SELECT 1 FROM account_states WHERE stage = 'pending' LIMIT 1`);
  return rowCount === 0 ? 'pending' : 'sent';
}

/** Both legs begin alike: the outbox drained, what was superseded cleared away, everything written out. */
async function settle(sql: Client): Promise<void> {
  const deadline = performance.now() + limitMs;
  while ((await sql.query('SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1')).rowCount !== 0) {
    if (performance.now() > deadline) throw new Error('The outbox was not published in time');
    await sleep(100);
  }
  await sql.query('VACUUM (ANALYZE) account_states, stage_periods, bulk_action_items, outbox, audit');
  await sql.query('CHECKPOINT');
}
