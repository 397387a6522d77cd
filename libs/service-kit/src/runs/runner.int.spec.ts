import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { row, run as execute, sql, transaction, type Db } from '../database/database.js';
import { correlationId } from '../observability/correlation.js';
import { busFixture, testLog, until, type BusFixture } from '../testing/bus-fixture.js';
import { pause } from '../testing/stage-events.js';
import { chunkEffects, newRun, TestRuns } from '../testing/test-runs.js';
import { finishChunk, lockRun, moveRun, runProgress } from './run-store.js';
import type { ChunkCounts, ChunkRow, RunCommand, RunRow } from './run.js';
import { Runner, sent, type RunKind, type RunnerLimits } from './runner.js';

let bus: BusFixture;
const started: Runner[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  bus = await busFixture(false);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((runner) => runner.stop()));
});
afterAll(() => bus.close());

function start(kinds: RunKind[], limits: Partial<RunnerLimits> = {}): Runner {
  const runner = new Runner(bus.orm, 'here', kinds, testLog, { failurePauseMs: 10, ...limits });
  started.push(runner);
  runner.start();
  return runner;
}

function startChild(name: string, chunkMs: number, failpoints = ''): ChildProcess {
  const program = fileURLToPath(new URL('../testing/runner-process.js', import.meta.url));
  const child = fork(program, [bus.database.ownerUrl, name, String(chunkMs)], {
    env: { ...process.env, RECOUP_FAILPOINTS: failpoints },
  });
  children.push(child);
  return child;
}

interface State {
  readonly status: string;
  readonly last_error: string | null;
  readonly failures: number;
  readonly fence: number;
  readonly lease_owner: string | null;
}

async function stateOf(id: string): Promise<State> {
  const found = await row<State>(
    bus.db(),
    sql`SELECT status, last_error, failures, fence, lease_owner FROM runs WHERE id = ${id}`,
  );
  if (!found) throw new Error(`no run ${id}`);
  return found;
}

const become = (id: string, status: string, limitMs?: number): Promise<true> =>
  until(`the run is ${status}`, async () => (await stateOf(id)).status === status || undefined, limitMs);

function command(
  id: string,
  asked: RunCommand,
  also: (tx: Db) => Promise<unknown> = async () => undefined,
): Promise<unknown> {
  return transaction(bus.db(), async (tx) => {
    const current = await lockRun(tx, id);
    if (!current) throw new Error(`no run ${id}`);
    await also(tx);
    return moveRun(tx, current, asked);
  });
}

async function numbers(id: string): Promise<number[]> {
  return (await chunkEffects(bus.db(), id)).map(({ number }) => number);
}

const below = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('the runner', () => {
  it('carries a run out chunk by chunk, once each, and ends it', async () => {
    const kind = new TestRuns('here');
    const id = await newRun(bus.db(), 12);
    start([kind]);
    await become(id, 'completed');
    expect(await numbers(id)).toEqual(below(12));
    expect(await runProgress(bus.db(), id)).toEqual({ items: 120, done: 120, skipped: 0, failed: 0, amount: 12_000 });
    expect(kind.finished).toBe(1);
    expect(await stateOf(id)).toMatchObject({ lease_owner: null, last_error: null });
  });

  it('takes up a run whose worker was killed after a chunk, at the first not done', async () => {
    const id = await newRun(bus.db(), 10);
    const child = startChild('killed', 0, 'chunk-committed@4');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await numbers(id)).toEqual(below(4));
    start([new TestRuns('here')]);
    await become(id, 'completed');
    const effects = await chunkEffects(bus.db(), id);
    expect(effects.map(({ number }) => number)).toEqual(below(10));
    expect(effects.map(({ worker }) => worker)).toEqual([
      ...below(4).map(() => 'killed'),
      ...below(6).map(() => 'here'),
    ]);
  });

  it('works under the correlation id that the run was made with', async () => {
    const heard: string[] = [];
    const kind = new (class extends TestRuns {
      override readonly kind = 'correlated';
      override executeChunk(...asked: Parameters<TestRuns['executeChunk']>): ReturnType<TestRuns['executeChunk']> {
        heard.push(correlationId());
        return super.executeChunk(...asked);
      }
    })('here');
    const id = await newRun(bus.db(), 2, kind.kind);
    await execute(bus.db(), sql`UPDATE runs SET correlation_id = 'import-7' WHERE id = ${id}`);
    start([kind]);
    await become(id, 'completed');
    expect(heard).toEqual(['import-7', 'import-7']);
  });

  it('refuses a worker whose run was claimed by another meanwhile, by the fence', async () => {
    const id = await newRun(bus.db(), 60);
    start([new TestRuns('here', 20)]);
    await until('two chunks are done', async () => (await numbers(id)).length >= 2);
    // As another claims it when the lease has run out, say while this process stood still.
    const claimed = await row<{ fence: number }>(
      bus.db(),
      sql`UPDATE runs SET fence = fence + 1, lease_owner = 'other', lease_until = clock_timestamp() + interval '1 second'
          WHERE id = ${id} RETURNING fence`,
    );
    const before = await numbers(id);
    await pause(300);
    expect(await numbers(id)).toEqual(before);
    // The other is never heard of again: its lease runs out, and the run is taken up once more.
    await become(id, 'completed');
    expect(await numbers(id)).toEqual(below(60));
    expect((await stateOf(id)).fence).toBe((claimed?.fence ?? 0) + 1);
  });

  it('stops at pause, goes on at resume, and does no more after cancel', async () => {
    const id = await newRun(bus.db(), 30);
    start([new TestRuns('here', 20)]);
    await until('some chunks are done', async () => (await numbers(id)).length >= 3);
    expect(await command(id, 'pause')).toBe('paused');
    const paused = await numbers(id);
    await pause(200);
    expect(await numbers(id)).toEqual(paused);
    expect(await command(id, 'pause')).toEqual({ refused: true, status: 'paused', allowedFrom: ['running'] });
    expect(await command(id, 'resume')).toBe('running');
    await until('more chunks are done', async () => (await numbers(id)).length >= paused.length + 3);
    expect(await command(id, 'cancel')).toBe('cancelled');
    const cancelled = await numbers(id);
    await pause(200);
    expect(await numbers(id)).toEqual(cancelled);
    expect(cancelled).toEqual(below(cancelled.length));
    expect(cancelled.length).toBeLessThan(30);
  });

  it('ends with failures, and a retry carries out the chunks that its kind opened again', async () => {
    const once = new FailingItems();
    const id = await newRun(bus.db(), 5, once.kind);
    start([once]);
    await become(id, 'completed-with-failures');
    expect(await runProgress(bus.db(), id)).toMatchObject({ items: 50, done: 48, failed: 2 });
    expect(await command(id, 'retry', (tx) => reopenFailed(tx, id))).toBe('running');
    await become(id, 'completed');
    expect(await runProgress(bus.db(), id)).toMatchObject({ items: 50, done: 50, failed: 0 });
    expect(once.executed).toEqual([0, 1, 2, 3, 4, 1, 3]);
  });

  it('pauses a run whose chunk always fails, says why, and goes on when it is resumed', async () => {
    const broken = new BrokenChunk(3);
    const id = await newRun(bus.db(), 6, broken.kind);
    start([broken], { failuresMax: 5 });
    await become(id, 'paused');
    expect(await stateOf(id)).toMatchObject({ failures: 5, last_error: 'chunk 3: no such column', lease_owner: null });
    expect(broken.tries).toBe(5);
    expect(await numbers(id)).toEqual(below(3));
    broken.mended = true;
    expect(await command(id, 'resume')).toBe('running');
    await become(id, 'completed');
    expect(await numbers(id)).toEqual(below(6));
    expect(await stateOf(id)).toMatchObject({ failures: 0, last_error: null });
  });
});

describe('chunks of another service', () => {
  it('are at most eight unanswered, and an answer lets the next one go', async () => {
    const remote = new Remote();
    const id = await newRun(bus.db(), 12, remote.kind);
    start([remote]);
    await until('eight were sent', async () => remote.asked.length >= 8);
    await pause(200);
    expect(remote.asked).toEqual(below(8));
    expect(await answer(id, 0)).toBe(true);
    expect(await answer(id, 0)).toBe(false);
    await until('the ninth was sent', async () => remote.asked.length === 9);
    for (const number of below(12).slice(1)) {
      await until(`chunk ${number} was sent`, async () => remote.asked.includes(number));
      await answer(id, number);
    }
    await become(id, 'completed');
    expect(remote.asked).toEqual(below(12));
  });

  it('are sent again when no answer comes in time', async () => {
    const remote = new Remote();
    const id = await newRun(bus.db(), 2, remote.kind);
    start([remote], { resendAfterSeconds: 0.3 });
    await until('both were sent twice', async () => {
      const sends = await row<{ least: number }>(
        bus.db(),
        sql`SELECT min(attempts) AS least FROM run_chunks WHERE run_id = ${id}`,
      );
      return (sends?.least ?? 0) >= 2;
    });
    expect(remote.asked.length).toBeGreaterThanOrEqual(4);
    await answer(id, 0);
    await answer(id, 1);
    await become(id, 'completed');
  });

  it('take no place from other runs while their answers are awaited', async () => {
    const remote = new Remote();
    const waiting = await Promise.all(below(9).map(() => newRun(bus.db(), 1, remote.kind)));
    start([remote, new TestRuns('here')]);
    await until('all were sent', async () => remote.asked.length === 9);
    const id = await newRun(bus.db(), 2);
    await become(id, 'completed', 10_000);
    expect(await numbers(id)).toEqual(below(2));
    for (const each of waiting) await answer(each, 0);
    for (const each of waiting) await become(each, 'completed');
  });

  it('that were sent before a pause are still answered and counted', async () => {
    const remote = new Remote();
    const id = await newRun(bus.db(), 3, remote.kind);
    start([remote]);
    await until('all were sent', async () => remote.asked.length === 3);
    await command(id, 'pause');
    for (const number of below(3)) expect(await answer(id, number)).toBe(true);
    expect(await runProgress(bus.db(), id)).toMatchObject({ done: 30 });
    await command(id, 'resume');
    await become(id, 'completed');
  });

  it('and not answered are asked for again when the run is resumed, and not before', async () => {
    const remote = new Remote();
    const id = await newRun(bus.db(), 3, remote.kind);
    start([remote], { resendAfterSeconds: 0.3 });
    await until('all were sent', async () => remote.asked.length === 3);
    await command(id, 'pause');
    const asked = remote.asked.length;
    expect(await answer(id, 1)).toBe(true);
    await pause(700);
    expect(remote.asked.length).toBe(asked);
    await command(id, 'resume');
    await until('the others were sent again', async () => remote.asked.length >= asked + 2);
    expect(remote.asked.slice(asked, asked + 2)).toEqual([0, 2]);
    await answer(id, 0);
    await answer(id, 2);
    await become(id, 'completed');
    expect(await runProgress(bus.db(), id)).toMatchObject({ items: 30, done: 30 });
  });
});

/** What a kind does for a retry, with its items. */
function reopenFailed(tx: Db, id: string): Promise<number> {
  return execute(tx, sql`UPDATE run_chunks SET status = 'pending' WHERE run_id = ${id} AND failed > 0`);
}

/** Answers a chunk as the bus handler of another service's answer does. */
function answer(id: string, number: number): Promise<boolean> {
  return transaction(bus.db(), (tx) => finishChunk(tx, id, number, { done: 10, skipped: 0, failed: 0, amount: 0 }));
}

/** Chunks 1 and 3 have an item that fails, the first time. */
class FailingItems implements RunKind {
  readonly kind = 'failing-items';
  readonly executed: number[] = [];

  async executeChunk(_tx: Db, _run: RunRow, { number, items }: ChunkRow): Promise<ChunkCounts> {
    const failed = number % 2 === 1 && !this.executed.includes(number) ? 1 : 0;
    this.executed.push(number);
    return { done: items - failed, skipped: 0, failed, amount: 0 };
  }

  async finish(): Promise<void> {
    await Promise.resolve();
  }
}

/** One chunk that can't be carried out until it is mended. */
class BrokenChunk extends TestRuns {
  override readonly kind = 'broken-chunk';
  tries = 0;
  mended = false;

  constructor(private readonly broken: number) {
    super('here');
  }

  override async executeChunk(tx: Db, claimed: RunRow, chunk: ChunkRow): Promise<ChunkCounts | typeof sent> {
    if (chunk.number !== this.broken || this.mended) return super.executeChunk(tx, claimed, chunk);
    this.tries += 1;
    await execute(
      tx,
      sql`INSERT INTO chunk_effects (run_id, number, worker) VALUES (${claimed.id}, ${chunk.number}, 'lost')`,
    );
    throw new Error('no such column');
  }
}

/** Asks another service for each chunk. */
class Remote implements RunKind {
  readonly kind = 'remote';
  readonly asked: number[] = [];

  async executeChunk(_tx: Db, _run: RunRow, { number }: ChunkRow): Promise<typeof sent> {
    this.asked.push(number);
    return sent;
  }

  async finish(): Promise<void> {
    await Promise.resolve();
  }
}
