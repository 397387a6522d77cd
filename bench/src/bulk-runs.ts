import { setTimeout as sleep } from 'node:timers/promises';
import { loadLimitMs, type Client as Api, type BulkAction } from '@recoup/e2e/client';
import type { Client } from 'pg';

const pollMs = 10;
const limitMs = 600_000;

/** What a bulk action is asked for with. */
export interface Asked {
  readonly type: string;
  readonly selection: unknown;
  readonly parameters: unknown;
}

/**
 * Carries out a bulk action on all that it selects, from the request for its preview to the run's end as the database
 * shows it; answers the action's id and seconds.
 */
export async function carryOut(api: Api, sql: Client, asked: Asked): Promise<{ id: string; took: number }> {
  const since = performance.now();
  const made = await api.post<BulkAction>('collections', 'bulk-actions', asked);
  const preview =
    made.status === 'preview' ? made : await api.until(made.id, ({ status }) => status !== 'previewing', loadLimitMs);
  const previewed = performance.now();
  await api.confirm(preview.id);
  await finished(sql, preview.id);
  const ended = performance.now();
  const { counts } = await api.until(preview.id, ({ status }) => status === 'completed', loadLimitMs);
  if (counts.done === 0 || counts.done !== counts.selected)
    throw new Error(`${counts.done} of ${counts.selected} accounts were changed`);
  console.log(`  preview ${seconds(since, previewed)} s, run ${seconds(previewed, ended)} s, ${counts.done} accounts`);
  return { id: preview.id, took: (ended - since) / 1000 };
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

/** The table of the report's snapshot of a day, as a person has who looked at the day. */
export async function snapshotOf(sql: Client, day: string): Promise<string> {
  const { rows } = await sql.query<{ id: number }>(
    `SELECT id FROM report_snapshots WHERE as_of = $1 AND status = 'ready' ORDER BY id DESC LIMIT 1`,
    [day],
  );
  return `snapshots.report_${rows[0]?.id}`;
}

/** Waits until nothing in the outbox is left to be published. */
export async function drained(sql: Client): Promise<void> {
  await until(async () => (await sql.query('SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1')).rowCount === 0);
}

/** Asks ten times a second until it is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It did not become so in time');
    await sleep(100);
  }
}
