import {
  correlationId,
  lockRun,
  recordAudit,
  row,
  run as execute,
  sql,
  transaction,
  type Actor,
  type Db,
  type KeyedRequest,
} from '@recoup/service-kit';
import type { Selection } from './selection.js';

/** An action that was asked for and judged, before it is previewed. */
export interface NewAction {
  readonly type: string;
  readonly asOf: string;
  readonly selection: Selection;
  readonly parameters: unknown;
  readonly warnings: readonly string[];
  readonly undoOf: string | null;
}

/** Notes an action as `previewing`, with its audit line, in the caller's transaction. */
export async function noteBulkAction(tx: Db, action: NewAction, actor: Actor): Promise<{ id: string }> {
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO runs (kind, type, status, actor, offices, correlation_id)
        VALUES ('bulk-action', ${action.type}, 'previewing', ${actor.user}, ${[...actor.offices]}::text[], ${correlationId()}) RETURNING id`,
  );
  const id = made?.id ?? '';
  await execute(
    tx,
    sql`INSERT INTO bulk_actions (id, selection, parameters, as_of, warnings, undo_of)
        VALUES (${id}, ${JSON.stringify(action.selection)}::json, ${JSON.stringify(action.parameters)}::json, ${action.asOf},
                ${JSON.stringify(action.warnings)}::json, ${action.undoOf})`,
  );
  const { type, asOf, parameters, undoOf } = action;
  await recordAudit(tx, {
    actor: actor.user,
    action: 'preview-bulk-action',
    entityType: 'bulk-action',
    entityId: id,
    bulkActionId: id,
    after: { type, asOf, parameters, ...(undoOf === null ? {} : { undoOf }) },
  });
  return { id };
}

/** Takes back an action whose preview was refused: nothing of it stays, so that the request may be tried again. */
export async function takeBackBulkAction(db: Db, id: string, request: KeyedRequest): Promise<void> {
  await transaction(db, async (tx) => {
    if ((await lockRun(tx, id))?.status !== 'previewing') return;
    await execute(tx, sql`DELETE FROM bulk_actions WHERE id = ${id}`);
    await execute(tx, sql`DELETE FROM runs WHERE id = ${id}`);
    await execute(tx, sql`SELECT take_back_answer(${request.actor}, ${request.key ?? null}, ${id})`);
  });
}

/** Whether a key has its answer, which is then given again and not judged again (BLK-3). */
export async function isKnown(db: Db, { actor, key }: KeyedRequest): Promise<boolean> {
  if (key === undefined) return false;
  return (await row(db, sql`SELECT 1 FROM idempotency_keys WHERE actor = ${actor} AND key = ${key}`)) !== undefined;
}
