import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  againstRule,
  Clock,
  correlationId,
  forbidden,
  idempotent,
  lockRun,
  mayConfirm,
  moveRun,
  notFound,
  recordAudit,
  row,
  run as execute,
  sql,
  wrongState,
  type Actor,
  type Answer,
  type Db,
  type KeyedRequest,
  type RunRow,
} from '@recoup/service-kit';
import type { BulkAction } from './actions/action.js';
import { chunkItems, chunkSizes, refusal, runCommand, type BulkActionCommand } from './bulk-action.js';
import { noteChunksSql } from './chunk-items.sql.js';
import type { BulkActionView } from './bulk-action-schema.js';
import { findBulkAction } from './bulk-action-view.sql.js';
import { actionOfRun, endIfSettled, settleCancelledChunks } from './end-bulk-action.js';

/** What a command brings along. */
export interface Steering {
  readonly hash?: string | undefined;
  readonly reason?: string | undefined;
}

const chunksSettledAtOnce = 8;

/** Moves a bulk action by a person's command (BLK-2): confirm, reject, pause, resume, cancel, retry. */
@Injectable()
export class SteerBulkAction {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  steer(
    command: Exclude<BulkActionCommand, 'undo'>,
    id: string,
    actor: Actor,
    request: KeyedRequest,
    steering: Steering = {},
  ): Promise<Answer<BulkActionView>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      const { run } = await lockForCommand(tx, id, actor, command);
      if (command === 'confirm') await this.prepareConfirm(tx, run, steering.hash);
      if (command === 'retry') await reopenFailed(tx, id);
      await moveRun(tx, run, runCommand(command), command === 'confirm' ? actor.user : null);
      await execute(
        tx,
        sql`UPDATE bulk_actions SET moved_at = clock_timestamp(), problem = coalesce(${steering.reason ?? null}, problem),
              ended = ended AND ${command !== 'retry'} WHERE id = ${id}`,
      );
      await recordAudit(tx, {
        actor: actor.user,
        action: `${command}-bulk-action`,
        entityType: 'bulk-action',
        entityId: id,
        bulkActionId: id,
        after: { type: run.type, ...steering },
      });
      if (command === 'cancel' || command === 'reject') await this.settle(tx, run);
      return { status: 200, body: await requireView(tx, id, actor) };
    });
  }

  private async prepareConfirm(tx: Db, run: RunRow, hash: string | undefined): Promise<void> {
    const preview = await row<{ hash: string | null; eligible: number }>(
      tx,
      sql`SELECT hash, eligible FROM bulk_actions WHERE id = ${run.id}`,
    );
    if (hash !== undefined && hash !== preview?.hash)
      throw wrongState(
        'changed-since-preview',
        'This is not the preview that you saw. Look at it again and confirm its hash.',
        {
          hash: preview?.hash,
        },
      );
    await insertChunks(tx, run.id, preview?.eligible ?? 0);
  }

  /** A small action is settled at once, a large one goes on in the background. */
  private async settle(tx: Db, run: RunRow): Promise<void> {
    const preview = await row<{ eligible: number }>(tx, sql`SELECT eligible FROM bulk_actions WHERE id = ${run.id}`);
    if (run.status === 'preview' || run.status === 'awaiting-approval')
      await insertChunks(tx, run.id, preview?.eligible ?? 0);
    await settleCancelledChunks(tx, run.id, chunksSettledAtOnce);
    await endIfSettled(tx, { ...run, status: 'cancelled' }, this.clock.now(), correlationId());
  }
}

/**
 * Locks an action for a command, if the actor may see it, may steer actions of its type, and its status allows it.
 * @throws DomainError 404, 403, 409 `wrong-state` with the statuses that would allow it
 */
export async function lockForCommand(
  tx: Db,
  id: string,
  actor: Actor,
  command: BulkActionCommand,
): Promise<{ run: RunRow; action: BulkAction; undoing: boolean; parameters: unknown }> {
  const run = await lockRun(tx, id);
  if (!run || !(await findBulkAction(tx, id, actor))) throw notFound('bulk action');
  const behind = await actionOfRun(tx, id);
  if (!mayConfirm(actor.role, behind.action.type))
    throw forbidden(`A ${actor.role} may not steer ${behind.action.type}.`);
  const allowedFrom = refusal(command, run.status);
  if (allowedFrom)
    throw wrongState('wrong-state', `The action is ${run.status}; ${command} needs ${allowedFrom.join(' or ')}.`, {
      bulkActionStatus: run.status,
      allowedFrom,
    });
  return { run, ...behind };
}

async function insertChunks(tx: Db, id: string, eligible: number): Promise<void> {
  const { chunks, last } = chunkSizes(eligible);
  await execute(
    tx,
    sql`INSERT INTO run_chunks (run_id, number, items)
        SELECT ${id}, n, CASE WHEN n = ${chunks}::int - 1 THEN ${last}::int ELSE ${chunkItems}::int END
        FROM generate_series(0, ${chunks}::int - 1) n`,
  );
}

/**
 * Puts the failed items into new chunks, since the owner repeats its answer to an old one. The old chunks keep the rest.
 */
async function reopenFailed(tx: Db, id: string): Promise<void> {
  const base = await row<{ next: number }>(
    tx,
    sql`SELECT max(number) + 1 AS next FROM run_chunks WHERE run_id = ${id}`,
  );
  const reopened = await execute(
    tx,
    sql`UPDATE bulk_action_items i
        SET status = 'pending', reason = NULL, amount = previewed_amount, chunk = ${base?.next ?? 0} + f.n / ${chunkItems}::int
        FROM (SELECT account_id, (row_number() OVER (ORDER BY account_id) - 1)::int AS n FROM bulk_action_items
              WHERE action_id = ${id} AND status = 'failed') f
        WHERE i.action_id = ${id} AND i.account_id = f.account_id`,
  );
  if (reopened === 0) throw againstRule('nothing-failed', 'No item of this action failed.');
  await execute(tx, sql`DELETE FROM run_chunks WHERE run_id = ${id} AND failed = items`);
  await execute(tx, sql`UPDATE run_chunks SET items = items - failed, failed = 0 WHERE run_id = ${id} AND failed > 0`);
  await execute(tx, noteChunksSql(id, base?.next ?? 0));
  await execute(
    tx,
    sql`INSERT INTO run_chunks (run_id, number, items)
        SELECT ${id}, chunk, count(*) FROM bulk_action_items WHERE action_id = ${id} AND status = 'pending' GROUP BY chunk`,
  );
}

async function requireView(tx: Db, id: string, actor: Actor): Promise<BulkActionView> {
  const view = await findBulkAction(tx, id, actor);
  if (!view) throw notFound('bulk action');
  return view;
}
