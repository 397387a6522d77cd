import { publish, row, rows, run as execute, sql, type Db, type RunRow, finishChunk } from '@recoup/service-kit';
import type { BulkAction } from './actions/action.js';
import { bulkActionOf } from './actions/actions.js';
import { pendingIn } from './chunk-items.sql.js';
import { doneTotalsSql } from './done-totals.sql.js';

/** What carries out a run that is a bulk action: the action, whether it is undone, and its parameters. */
export interface ActionOfRun {
  readonly action: BulkAction;
  readonly undoing: boolean;
  readonly parameters: unknown;
}

/** The action behind a run; an undo is carried out by the action that it undoes, with that one's parameters. */
export async function actionOfRun(db: Db, runId: string): Promise<ActionOfRun> {
  const found = await row<{ type: string; parameters: unknown; undoing: boolean }>(
    db,
    sql`SELECT coalesce(undone.type, r.type) AS type, b.parameters, b.undo_of IS NOT NULL AS undoing
        FROM bulk_actions b JOIN runs r ON r.id = b.id LEFT JOIN runs undone ON undone.id = b.undo_of WHERE b.id = ${runId}`,
  );
  if (!found) throw new Error(`Run ${runId} is no bulk action`);
  return { action: bulkActionOf(found.type), undoing: found.undoing, parameters: found.parameters };
}

interface EndedRow {
  readonly sequence: number;
  readonly selected: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
}

/** What belongs to the end of an action, once: its sums, what the action itself does at its end, and the event. */
export async function endBulkAction(
  tx: Db,
  run: RunRow,
  status: 'completed' | 'completed-with-failures' | 'cancelled',
  now: string,
  correlationId: string,
): Promise<void> {
  const ended = await row<EndedRow>(
    tx,
    sql`UPDATE bulk_actions b SET ended = true, sequence = b.sequence + 1, moved_at = clock_timestamp(),
            (done_totals, done_office_totals) = (${doneTotalsSql(sql`${run.id}::uuid`)})
        FROM (SELECT coalesce(sum(done), 0)::bigint AS done, coalesce(sum(skipped), 0)::bigint AS skipped, coalesce(sum(failed), 0)::bigint AS failed
              FROM run_chunks WHERE run_id = ${run.id}) sums
        WHERE b.id = ${run.id} AND NOT b.ended
        RETURNING b.sequence, b.selected, sums.done, b.selected - b.eligible + sums.skipped AS skipped, sums.failed`,
  );
  if (!ended) return;
  const { action, undoing, parameters } = await actionOfRun(tx, run.id);
  if (!undoing) await action.ended?.(tx, { run, parameters, now, correlationId });
  const { sequence, ...counts } = ended;
  const data = { bulkActionId: run.id, actionType: run.type, status, actor: run.actor, counts, endedAt: now };
  await publish(tx, [
    { type: 'recoup.collections.bulk-action-ended.v1', key: run.id, subject: run.id, sequence, data, correlationId },
  ]);
}

/**
 * Marks the items of a cancelled action's chunks that were never begun as skipped (`cancelled`), at most `chunksMax`
 * chunks in this transaction; answers how many. Chunks that another service was asked for are still answered, and counted.
 */
export async function settleCancelledChunks(tx: Db, runId: string, chunksMax: number): Promise<number> {
  const open = await rows<{ number: number; items: number }>(
    tx,
    sql`SELECT number, items FROM run_chunks WHERE run_id = ${runId} AND status = 'pending' ORDER BY number LIMIT ${chunksMax} FOR UPDATE SKIP LOCKED`,
  );
  for (const { number, items } of open) {
    await execute(
      tx,
      sql`UPDATE bulk_action_items i SET status = 'skipped', amount = 0, reason = 'cancelled' WHERE ${pendingIn(runId, number)}`,
    );
    await finishChunk(tx, runId, number, { done: 0, skipped: items, failed: 0, amount: 0 });
  }
  return open.length;
}

/** Ends a cancelled action when its last chunk is settled or answered. The caller holds the run's lock. */
export async function endIfSettled(tx: Db, run: RunRow, now: string, correlationId: string): Promise<void> {
  if (run.status !== 'cancelled') return;
  const open = await row(tx, sql`SELECT 1 FROM run_chunks WHERE run_id = ${run.id} AND status <> 'done' LIMIT 1`);
  if (!open) await endBulkAction(tx, run, 'cancelled', now, correlationId);
}
