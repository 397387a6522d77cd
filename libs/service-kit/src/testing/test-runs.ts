import { rows, run, sql, type Db } from '../database/database.js';
import type { ChunkCounts, ChunkRow, RunRow } from '../runs/run.js';
import { sent, type RunKind } from '../runs/runner.js';
import { pause } from './stage-events.js';

/** A run whose chunks leave one row each in `chunk_effects`, so that a chunk carried out twice shows. */
export class TestRuns implements RunKind {
  readonly kind: string = 'test';
  finished = 0;

  constructor(
    private readonly worker: string,
    private readonly chunkMs = 0,
  ) {}

  async executeChunk(tx: Db, claimed: RunRow, chunk: ChunkRow): Promise<ChunkCounts | typeof sent> {
    await run(
      tx,
      sql`INSERT INTO chunk_effects (run_id, number, worker) VALUES (${claimed.id}, ${chunk.number}, ${this.worker})`,
    );
    await pause(this.chunkMs);
    return { done: chunk.items, skipped: 0, failed: 0, amount: chunk.items * 100 };
  }

  async finish(): Promise<void> {
    this.finished += 1;
  }
}

/** A confirmed run of that kind with `chunks` chunks of ten items. */
export async function newRun(db: Db, chunks: number, kind = 'test'): Promise<string> {
  const [made] = await rows<{ id: string }>(
    db,
    sql`INSERT INTO runs (kind, type, status, actor, offices, started_at) VALUES (${kind}, 'test', 'running', 'test', '{*}', clock_timestamp()) RETURNING id`,
  );
  const id = made?.id ?? '';
  await run(
    db,
    sql`INSERT INTO run_chunks (run_id, number, items) SELECT ${id}, n, 10 FROM generate_series(0, ${chunks - 1}) n`,
  );
  return id;
}

/** Which chunks had an effect, in the order of it. */
export async function chunkEffects(db: Db, runId: string): Promise<{ number: number; worker: string }[]> {
  return rows(db, sql`SELECT number, worker FROM chunk_effects WHERE run_id = ${runId} ORDER BY id`);
}
