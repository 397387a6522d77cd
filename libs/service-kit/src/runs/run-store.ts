import { row, run as execute, sql, type Db } from '../database/database.js';
import {
  allowedFrom,
  nextStatus,
  type ChunkCounts,
  type RunCommand,
  type RunProgress,
  type RunRow,
  type RunStatus,
} from './run.js';

/** A run, locked for the transaction. */
export async function lockRun(tx: Db, id: string): Promise<RunRow | undefined> {
  return row<RunRow>(
    tx,
    sql`SELECT id, kind, type, status, actor, approver, offices, correlation_id, fence FROM runs WHERE id = ${id} FOR UPDATE`,
  );
}

/** Says that a run's status doesn't allow what was asked, and which statuses would. */
export interface Refusal {
  readonly refused: true;
  readonly status: RunStatus;
  readonly allowedFrom: readonly RunStatus[];
}

/**
 * Moves a locked run by a command. `confirm`, `resume` and `retry` make it claimable at once; `pause` and `cancel` take
 * the lease away, so that the chunk under way is the last: chunks already sent are still answered, and counted.
 */
export async function moveRun(
  tx: Db,
  current: RunRow,
  command: RunCommand,
  approver: string | null = null,
): Promise<RunStatus | Refusal> {
  const to = nextStatus(current.status, command);
  if (!to) return { refused: true, status: current.status, allowedFrom: allowedFrom(command) };
  await execute(
    tx,
    sql`UPDATE runs SET status = ${to}, approver = coalesce(${approver}, approver), version = version + 1,
          started_at = CASE WHEN ${to} = 'running' THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
          finished_at = CASE WHEN ${to} = 'cancelled' THEN clock_timestamp() END,
          lease_owner = NULL, lease_until = NULL, fence = fence + 1, failures = 0, last_error = NULL
        WHERE id = ${current.id}`,
  );
  return to;
}

/**
 * Finishes a chunk with its counts. The same answer twice changes nothing: answers whether this was the first time.
 * @throws when the counts don't add up to the chunk's items (a check of the table).
 */
export async function finishChunk(tx: Db, runId: string, number: number, counts: ChunkCounts): Promise<boolean> {
  const finished = await execute(
    tx,
    sql`UPDATE run_chunks SET status = 'done', done = ${counts.done}, skipped = ${counts.skipped}, failed = ${counts.failed},
          amount = ${counts.amount}, finished_at = clock_timestamp()
        WHERE run_id = ${runId} AND number = ${number} AND status <> 'done'`,
  );
  return finished > 0;
}

/** Sums over a run's chunks: at most a thousand rows or so for a million items. */
export async function runProgress(db: Db, runId: string): Promise<RunProgress> {
  const sums = await row<RunProgress>(
    db,
    sql`SELECT coalesce(sum(items), 0)::bigint AS items, coalesce(sum(done), 0)::bigint AS done, coalesce(sum(skipped), 0)::bigint AS skipped,
               coalesce(sum(failed), 0)::bigint AS failed, coalesce(sum(amount), 0)::bigint AS amount
        FROM run_chunks WHERE run_id = ${runId}`,
  );
  return sums ?? { items: 0, done: 0, skipped: 0, failed: 0, amount: 0 };
}
