import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import { requireInvariants } from '../testing/broken-invariants.js';
import { BulkActionCalls } from '../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { countRows, seedBooks } from '../testing/seed-books.js';

const accounts = 6600;
let service: CollectionsUnderTest;
let sue: BulkActionCalls;
let max: BulkActionCalls;
let db: Db;

beforeAll(async () => {
  service = await collectionsUnderTest({ runner: false });
  sue = await BulkActionCalls.as(service, { role: 'supervisor', user: 'sue' });
  max = await BulkActionCalls.as(service, { role: 'supervisor', user: 'max' });
  db = service.orm.em.fork();
  await seedBooks(db, 6000);
}, 120_000);
afterAll(() => service.stop());
afterEach(() => requireInvariants(db));

/** Starts a process that carries out runs, with failpoints. */
function child(failpoints = ''): ChildProcess {
  const path = new URL('../testing/run-child.js', import.meta.url).pathname;
  return spawn(process.execPath, [path, service.database.url], {
    env: { ...process.env, RECOUP_FAILPOINTS: failpoints },
    stdio: 'inherit',
  });
}

function exited(process: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => process.on('exit', (_code, signal) => resolve(signal)));
}

async function stopped(process: ChildProcess): Promise<void> {
  const gone = exited(process);
  process.kill('SIGTERM');
  await gone;
}

describe('a bulk action whose process is killed', () => {
  it.each(['update-stage', 'send-to-arm'])(
    '%s goes on where it stood, and every account is acted on once',
    async (type) => {
      const action = await sue.preview(type, type === 'update-stage' ? { stage: 'pending' } : {});
      await sue.confirm(action);
      expect(await exited(child('chunk-committed@3'))).toBe('SIGKILL');
      const half = await sue.read(action.id);
      expect(half.status).toBe('running');
      expect(half.counts.done).toBeGreaterThan(0);
      expect(half.counts.done).toBeLessThan(accounts);
      await run(db, sql`UPDATE runs SET lease_until = clock_timestamp() WHERE id = ${action.id}`);
      const next = child();
      expect(await sue.ended(action.id)).toMatchObject({ status: 'completed', counts: { done: accounts } });
      await stopped(next);
      const event = type === 'update-stage' ? 'stage-changed' : 'account-referred';
      const told = sql`SELECT subject FROM outbox WHERE type = ${`recoup.collections.${event}.v1`} AND data ->> 'bulkActionId' = ${action.id}`;
      expect(await countRows(db, told)).toBe(accounts);
      expect(await countRows(db, sql`SELECT DISTINCT subject FROM (${told}) t`)).toBe(accounts);
      await expectGapless();
    },
    120_000,
  );
});

describe('two operators with opposing actions on the same accounts', () => {
  it('neither wait for each other for ever nor overlap in the history', async () => {
    const ups = await sue.preview('update-stage', { stage: 'sent' });
    const downs = await max.preview('update-stage', { stage: 'not-set' });
    const deadlocks = await countDeadlocks();
    const children = [child(), child()];
    await Promise.all([sue.confirm(ups), max.confirm(downs)]);
    const both = await Promise.all([sue.ended(ups.id), max.ended(downs.id)]);
    await Promise.all(children.map(stopped));
    for (const each of both) {
      expect(each.status).toBe('completed');
      expect(each.counts.done + each.counts.skipped).toBe(accounts);
    }
    expect(await countDeadlocks()).toBe(deadlocks);
    await expectGapless();
  }, 120_000);
});

async function countDeadlocks(): Promise<number> {
  const [found] = await rows<{ deadlocks: number }>(
    db,
    sql`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
  );
  return found?.deadlocks ?? -1;
}

/** Each account's events are numbered 1, 2, 3 … in the order in which the outbox has them, up to its state's number. */
async function expectGapless(): Promise<void> {
  const numbered = sql`SELECT subject, sequence, row_number() OVER (PARTITION BY subject ORDER BY id) AS n FROM outbox`;
  expect(await rows(db, sql`SELECT subject FROM (${numbered}) told WHERE sequence <> n LIMIT 10`)).toEqual([]);
  const wrong = await rows(
    db,
    sql`SELECT id FROM (SELECT account_id::text AS id, sequence AS said, 0 AS told FROM account_states
                        UNION ALL SELECT subject, 0, count(*) FROM outbox WHERE data ->> 'accountId' = subject GROUP BY subject) each
        GROUP BY id HAVING sum(said) <> sum(told) LIMIT 10`,
  );
  expect(wrong).toEqual([]);
}
