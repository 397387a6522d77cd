import type { MikroORM } from '@mikro-orm/postgresql';
import type { BusLog } from '../bus/kafka.js';
import { failpoint } from '../bus/failpoint.js';
import { isTransient } from '../bus/transient.js';
import { row, run as execute, sql, transaction, type Db } from '../database/database.js';
import { withCorrelation } from '../observability/correlation.js';
import { finishChunk, runProgress } from './run-store.js';
import type { ChunkCounts, ChunkRow, RunRow } from './run.js';

/** Asked of another service: its answer will finish the chunk. */
export const sent = 'sent';

/** How runs of one kind are carried out. All three run inside a transaction of the engine, which also keeps the counts. */
export interface RunKind {
  readonly kind: string;
  /**
   * Carries out a chunk: answers its counts, or `sent` when a command to another service was published, whose answer
   * finishes the chunk by `finishChunk`. May be called again for a chunk that was sent and not answered.
   */
  executeChunk(tx: Db, run: RunRow, chunk: ChunkRow): Promise<ChunkCounts | typeof sent>;
  /** What belongs to the run's end, in the transaction that ends it. */
  finish(tx: Db, run: RunRow, failed: number): Promise<void>;
}

const pollMs = 100;
const runsAtOnceMax = 4;
// A run that only waits for answers gives its place to another after so many looks, and comes back a moment later.
const idleLooksMax = 10;
const standAsideSeconds = 0.2;

/** How long things may take and how often they are tried. */
export interface RunnerLimits {
  /** A run whose worker hasn't been heard of for so long is taken over. */
  readonly leaseSeconds: number;
  /** Chunks of a run that may be sent and not answered at a time. */
  readonly unansweredMax: number;
  /** A chunk without an answer for so long is sent again. */
  readonly resendAfterSeconds: number;
  /** So many failures in a row pause the run, for a person to look at. */
  readonly failuresMax: number;
  /** The pause after the first failure; each further one doubles it. */
  readonly failurePauseMs: number;
}

const shippedLimits: RunnerLimits = {
  leaseSeconds: 30,
  unansweredMax: 8,
  resendAfterSeconds: 60,
  failuresMax: 5,
  failurePauseMs: 1000,
};

type Step = 'worked' | 'waiting' | 'lost';

/**
 * Carries out runs, chunk by chunk, each chunk in one transaction that first renews the lease and checks the fence: a
 * process that dies leaves a run that another takes up at the first chunk not done. At most eight chunks of a run are
 * unanswered at a time, so that pause and cancel bite; one without answer for a minute is sent again. A paused run asks
 * for nothing, not even again: what it asked for before may still be done and its answer counts, but a command that was
 * lost would otherwise begin its work in the pause. Resuming asks again. A run that only waits stands aside for others,
 * and what a chunk writes carries the correlation id of its run. A chunk that fails five times in a row pauses the run
 * with its error; a database that can't be reached is waited for instead.
 */
export class Runner {
  private readonly kinds: Map<string, RunKind>;
  private readonly limits: RunnerLimits;
  private readonly working = new Set<Promise<void>>();
  private stopping = false;
  private polling: Promise<void> | undefined;

  constructor(
    private readonly orm: MikroORM,
    private readonly instance: string,
    kinds: readonly RunKind[],
    private readonly log: BusLog,
    limits: Partial<RunnerLimits> = {},
  ) {
    this.limits = { ...shippedLimits, ...limits };
    this.kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
  }

  start(): void {
    if (this.kinds.size > 0) this.polling ??= this.poll();
  }

  /** Ends after the chunks under way; what is left is taken up by whoever starts next. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.polling;
    await Promise.all(this.working);
  }

  private async poll(): Promise<void> {
    while (!this.stopping) {
      try {
        const claimed = this.working.size < runsAtOnceMax ? await this.claim() : undefined;
        if (claimed) this.take(claimed);
        else await sleep(pollMs);
      } catch (error) {
        this.log('warn', 'runs can not be looked for; trying again', { error: String(error) });
        await sleep(this.limits.failurePauseMs);
      }
    }
  }

  private async claim(): Promise<RunRow | undefined> {
    return row<RunRow>(
      this.orm.em.fork(),
      sql`UPDATE runs SET lease_owner = ${this.instance}, lease_until = clock_timestamp() + make_interval(secs => ${this.limits.leaseSeconds}), fence = fence + 1
          WHERE id = (SELECT id FROM runs
                      WHERE status = 'running' AND kind = ANY(${[...this.kinds.keys()]}::text[])
                        AND (lease_until IS NULL OR lease_until < clock_timestamp())
                      ORDER BY coalesce(lease_until, started_at) LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING id, kind, type, status, actor, approver, offices, correlation_id, fence`,
    );
  }

  private take(claimed: RunRow): void {
    const work = this.carryOut(claimed).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  private async carryOut(claimed: RunRow): Promise<void> {
    let idleLooks = 0;
    while (!this.stopping && idleLooks < idleLooksMax) {
      let step: Step;
      try {
        step = await withCorrelation(claimed.correlation_id ?? undefined, () =>
          transaction(this.orm.em.fork(), (tx) => this.step(tx, claimed)),
        );
        failpoint('chunk-committed');
      } catch (error) {
        const failures = await this.keepFailure(claimed, error);
        if (failures >= this.limits.failuresMax) return;
        await sleep(this.limits.failurePauseMs * 2 ** Math.max(failures - 1, 0));
        continue;
      }
      if (step === 'lost') return;
      idleLooks = step === 'waiting' ? idleLooks + 1 : 0;
      if (step === 'waiting') await sleep(pollMs / 2);
    }
    await this.release(claimed, this.stopping ? 0 : standAsideSeconds);
  }

  /** One chunk, or the end of the run, or nothing to do but wait for answers. */
  private async step(tx: Db, claimed: RunRow): Promise<Step> {
    const kind = this.kinds.get(claimed.kind);
    const mine = await execute(
      tx,
      sql`UPDATE runs SET lease_until = clock_timestamp() + make_interval(secs => ${this.limits.leaseSeconds})
          WHERE id = ${claimed.id} AND fence = ${claimed.fence} AND status = 'running'`,
    );
    if (mine === 0 || !kind) return 'lost';
    const chunk = await this.nextChunk(tx, claimed.id);
    if (chunk) {
      await this.executeChunk(tx, kind, claimed, chunk).catch((error: unknown) => {
        throw new Error(`chunk ${chunk.number}: ${describe(error)}`, { cause: error });
      });
      await execute(tx, sql`UPDATE runs SET failures = 0, last_error = NULL WHERE id = ${claimed.id} AND failures > 0`);
      return 'worked';
    }
    const open = await row<{ number: number }>(
      tx,
      sql`SELECT number FROM run_chunks WHERE run_id = ${claimed.id} AND status <> 'done' LIMIT 1`,
    );
    if (open) return 'waiting';
    await this.end(tx, kind, claimed);
    return 'lost';
  }

  private async nextChunk(tx: Db, runId: string): Promise<ChunkRow | undefined> {
    return row<ChunkRow>(
      tx,
      sql`SELECT run_id, number, items, attempts FROM run_chunks
          WHERE run_id = ${runId} AND (
            (status = 'pending' AND (SELECT count(*) FROM run_chunks u WHERE u.run_id = ${runId} AND u.status = 'sent') < ${this.limits.unansweredMax})
            OR (status = 'sent' AND sent_at < clock_timestamp() - make_interval(secs => ${this.limits.resendAfterSeconds})))
          ORDER BY number LIMIT 1 FOR UPDATE`,
    );
  }

  private async executeChunk(tx: Db, kind: RunKind, claimed: RunRow, chunk: ChunkRow): Promise<void> {
    const outcome = await kind.executeChunk(tx, claimed, chunk);
    if (outcome === sent) {
      await execute(
        tx,
        sql`UPDATE run_chunks SET status = 'sent', sent_at = clock_timestamp(), attempts = attempts + 1
            WHERE run_id = ${chunk.run_id} AND number = ${chunk.number}`,
      );
    } else {
      await finishChunk(tx, chunk.run_id, chunk.number, outcome);
    }
  }

  private async end(tx: Db, kind: RunKind, claimed: RunRow): Promise<void> {
    const { failed } = await runProgress(tx, claimed.id);
    await kind.finish(tx, claimed, failed);
    await execute(
      tx,
      sql`UPDATE runs SET status = ${failed > 0 ? 'completed-with-failures' : 'completed'}, finished_at = clock_timestamp(),
            lease_owner = NULL, lease_until = NULL, version = version + 1
          WHERE id = ${claimed.id}`,
    );
  }

  /**
   * Counts the failure and keeps its text; the last one that is allowed pauses the run. Answers how many there were in a
   * row, 0 for one that passes by itself.
   */
  private async keepFailure(claimed: RunRow, error: unknown): Promise<number> {
    const text = describe(error).slice(0, 500);
    if (isTransient(error)) {
      this.log('warn', 'a chunk could not be carried out just now', { run: claimed.id, error: text });
      return 0;
    }
    this.log('error', 'a chunk failed', { run: claimed.id, error: text });
    const kept = await row<{ failures: number }>(
      this.orm.em.fork(),
      sql`UPDATE runs SET failures = failures + 1, last_error = ${text}, version = version + 1,
            status = CASE WHEN failures + 1 >= ${this.limits.failuresMax} THEN 'paused' ELSE status END,
            lease_owner = CASE WHEN failures + 1 >= ${this.limits.failuresMax} THEN NULL ELSE lease_owner END,
            lease_until = CASE WHEN failures + 1 >= ${this.limits.failuresMax} THEN NULL ELSE lease_until END
          WHERE id = ${claimed.id} AND fence = ${claimed.fence} AND status = 'running' RETURNING failures`,
    ).catch((failure: unknown) => {
      this.log('warn', 'the failure of a chunk could not be kept', { run: claimed.id, error: describe(failure) });
      return undefined;
    });
    return kept?.failures ?? 0;
  }

  /** Gives the lease back; the run may be claimed again after so long. */
  private async release(claimed: RunRow, afterSeconds: number): Promise<void> {
    await execute(
      this.orm.em.fork(),
      sql`UPDATE runs SET lease_owner = NULL, lease_until = clock_timestamp() + make_interval(secs => ${afterSeconds}) WHERE id = ${claimed.id} AND fence = ${claimed.fence}`,
    ).catch((error: unknown) =>
      this.log('warn', 'a lease was not given back; it runs out by itself', { run: claimed.id, error: String(error) }),
    );
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
