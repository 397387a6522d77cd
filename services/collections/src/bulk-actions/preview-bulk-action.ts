import { Inject, Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  againstRule,
  Answer,
  BUS_CONFIG,
  Clock,
  correlationId,
  DomainError,
  forbidden,
  idempotent,
  lockRun,
  malformedInput,
  mayPreview,
  moveRun,
  officeScope,
  recordAudit,
  row,
  run as execute,
  sql,
  transaction,
  withCorrelation,
  wrongState,
  type Actor,
  type BusConfig,
  type Db,
  type KeyedRequest,
  type RawBuilder,
} from '@recoup/service-kit';
import { bulkActionOf } from './actions/actions.js';
import type { PreviewParts } from './actions/action.js';
import { previewAnswerMs } from './bulk-action.js';
import { findBulkAction, type BulkActionView } from './bulk-action-view.sql.js';
import { noteChunksSql } from './chunk-items.sql.js';
import { actionOfRun, endIfSettled } from './end-bulk-action.js';
import { previewItemsSql, previewSummarySql } from './preview-items.sql.js';
import { requireCurrentProjection } from './projection-behind.js';
import { ReportSelection } from '../report/report-selection.js';
import { readSelection, type GivenSelection, type Selection } from './selection.js';
import { lockForCommand } from './steer-bulk-action.js';

/** What a person asks for: `POST bulk-actions`. */
export interface AskedBulkAction {
  readonly type: string;
  readonly selection: GivenSelection;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface NewAction {
  readonly type: string;
  readonly asOf: string;
  readonly selection: Selection;
  readonly parameters: unknown;
  readonly warnings: readonly string[];
  readonly undoOf: string | null;
}

/** Makes previews: of an action on a selection, and of the undo of one that has ended (BLK-1, BLK-2). */
@Injectable()
export class PreviewBulkAction {
  constructor(
    private readonly orm: MikroORM,
    private readonly report: ReportSelection,
    private readonly clock: Clock,
    @Inject(BUS_CONFIG) private readonly bus: BusConfig,
  ) {}

  /**
   * Checks what is asked, notes it and previews it. The same key gets the same action, as it stands now (BLK-3).
   * @throws DomainError 400, 403, 409 `projection-behind`, 410, 422 `unknown-action`, `empty-selection` and the action's own
   */
  async ask(asked: AskedBulkAction, actor: Actor, request: KeyedRequest): Promise<Answer<BulkActionView>> {
    const action = bulkActionOf(asked.type);
    if (!mayPreview(actor.role, action.type)) throw forbidden(`A ${actor.role} may not preview ${action.type}.`);
    const selection = readSelection(asked.selection);
    const parameters = action.parameters.safeParse(asked.parameters);
    if (!parameters.success) throw malformedInput(parameters.error.issues, 'parameters');
    const db = this.orm.em.fork();
    // Outside the key's transaction, since a check may build a snapshot, which needs connections of its own.
    const repeated = await isKnown(db, request);
    if (!repeated) {
      await action.check?.(db, parameters.data);
      await this.report.check(actor, selection);
      await requireCurrentProjection(this.orm, this.bus.topicPrefix);
    }
    const warnings = action.warnings?.(parameters.data) ?? [];
    const noted = await idempotent(db, request, async (tx) => {
      if (repeated)
        throw wrongState('first-refused', 'The first request with this key was refused just now. Try again.');
      const made = {
        type: action.type,
        asOf: selection.asOf,
        selection,
        parameters: parameters.data,
        warnings,
        undoOf: null,
      };
      return { status: 201, body: await note(tx, made, actor) };
    });
    return this.answer(noted, actor, request);
  }

  /**
   * Previews the undo of an action: a new one, whose items are the done items of the first.
   * @throws DomainError 404, 403, 409 `wrong-state` while the first has not ended, 409 `not-undoable`
   */
  async askUndo(id: string, actor: Actor, request: KeyedRequest): Promise<Answer<BulkActionView>> {
    const noted = await idempotent(this.orm.em.fork(), request, async (tx) => {
      const { action, undoing, parameters } = await lockForCommand(tx, id, actor, 'undo');
      if (undoing || !action.undo)
        throw wrongState('not-undoable', `${undoing ? 'An undo' : action.type} can't be undone.`);
      const first = await row<{ as_of: string; selection: Selection; ended: boolean }>(
        tx,
        sql`SELECT as_of, selection, ended FROM bulk_actions WHERE id = ${id}`,
      );
      if (!first?.ended) throw wrongState('wrong-state', 'The action is still being settled. Try again in a moment.');
      const { as_of: asOf, selection } = first;
      return {
        status: 201,
        body: await note(tx, { type: 'undo', asOf, selection, parameters, warnings: [], undoOf: id }, actor),
      };
    });
    return this.answer(noted, actor, request);
  }

  /** Waits for the preview, but not longer than 5 s; then it answers `previewing` and the preview goes on. */
  private async answer(
    noted: Answer<{ id: string }>,
    actor: Actor,
    request: KeyedRequest,
  ): Promise<Answer<BulkActionView>> {
    const { id } = noted.body;
    const db = this.orm.em.fork();
    if (noted.headers['Idempotency-Hit'] === undefined) {
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, previewAnswerMs);
      });
      let answered = false;
      const computing = this.compute(id).catch((error: unknown) => {
        if (!(error instanceof DomainError)) return undefined;
        // Once the answer has gone out the action is known: the refusal is kept with it.
        return answered ? this.giveUp(id, error.message) : this.refuse(id, error, request);
      });
      await Promise.race([computing, tooLong]).finally(() => {
        clearTimeout(timer);
        answered = true;
      });
      computing.catch(() => undefined);
    }
    const view = await findBulkAction(db, id, actor);
    if (!view) throw emptySelection();
    return new Answer(view, 201, noted.headers);
  }

  /** Takes back an action whose preview was refused: nothing of it stays, so that the request may be tried again. */
  private async refuse(id: string, error: DomainError, request: KeyedRequest): Promise<void> {
    await transaction(this.orm.em.fork(), async (tx) => {
      if ((await lockRun(tx, id))?.status !== 'previewing') return;
      await execute(tx, sql`DELETE FROM bulk_actions WHERE id = ${id}`);
      await execute(tx, sql`DELETE FROM runs WHERE id = ${id}`);
      await execute(
        tx,
        sql`DELETE FROM idempotency_keys WHERE actor = ${request.actor} AND key = ${request.key ?? null}`,
      );
    });
    throw error;
  }

  /**
   * Computes a preview in one transaction; a lock keeps a second process off it. A preview cancelled meanwhile leaves
   * nothing. The run is locked before its action is written, as commands do, and only once the items are there, so that
   * a person can cancel while they are gathered.
   * @throws DomainError when the selection is empty or its snapshot is gone
   */
  async compute(id: string): Promise<void> {
    const db = this.orm.em.fork();
    const source = await this.source(db, id);
    const computed = transaction(db, async (tx) => {
      const mine = await row<{ mine: boolean }>(
        tx,
        sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${`preview ${id}`}, 0)) AS mine`,
      );
      if (!mine?.mine || !source) return;
      const waiting = await row(tx, sql`SELECT 1 FROM runs WHERE id = ${id} AND status = 'previewing'`);
      if (!waiting) return;
      await execute(tx, previewItemsSql(id, source.selected, source.parts, source.eligibility));
      await execute(tx, noteChunksSql(id, 0));
      const moved = await execute(
        tx,
        sql`UPDATE runs SET status = 'preview', version = version + 1 WHERE id = ${id} AND status = 'previewing'`,
      );
      if (moved === 0) throw new CancelledMeanwhile();
      const summary = await row<{ selected: number }>(tx, previewSummarySql(id, source.type));
      if (!summary || summary.selected === 0) throw emptySelection();
    });
    await computed.catch((error: unknown) => {
      if (!(error instanceof CancelledMeanwhile)) throw error;
    });
  }

  /** Cancels an action whose preview can't be computed, and keeps why with it. */
  async giveUp(id: string, problem: string): Promise<void> {
    await transaction(this.orm.em.fork(), async (tx) => {
      const run = await lockRun(tx, id);
      if (run?.status !== 'previewing') return;
      await moveRun(tx, run, 'cancel');
      await execute(
        tx,
        sql`UPDATE bulk_actions SET problem = ${problem}, moved_at = clock_timestamp() WHERE id = ${id}`,
      );
      await withCorrelation(run.correlation_id ?? undefined, () =>
        endIfSettled(tx, { ...run, status: 'cancelled' }, this.clock.now(), correlationId()),
      );
    });
  }

  /** What a noted action selects and what its action adds to the preview. */
  private async source(db: Db, id: string) {
    const noted = await row<{ type: string; offices: string[]; selection: Selection; undo_of: string | null }>(
      db,
      sql`SELECT r.type, r.offices, b.selection, b.undo_of FROM bulk_actions b JOIN runs r ON r.id = b.id WHERE b.id = ${id}`,
    );
    if (!noted) return undefined;
    const { action, parameters } = await actionOfRun(db, id);
    const undo = noted.undo_of === null ? undefined : action.undo;
    const parts: PreviewParts = undo ? undo.preview(parameters) : action.preview(parameters);
    const selected: RawBuilder<unknown> =
      noted.undo_of === null ? await this.report.accounts(noted, noted.selection) : undoneItems(noted.undo_of, noted);
    return { type: noted.type, selected, parts, eligibility: action.eligibility };
  }
}

/** A person cancelled the action while its preview was computed. */
class CancelledMeanwhile extends Error {}

/** The items that an undo is about: what the first action did, within the offices of who undoes it. */
function undoneItems(first: string, actor: Pick<Actor, 'offices'>): RawBuilder<unknown> {
  return sql`SELECT i.account_id, i.as_of_balance AS balance, i.amount, i.before, i.after, i.transaction_id
    FROM bulk_action_items i JOIN offices o ON o.id = i.office_id
    WHERE i.action_id = ${first} AND i.status = 'done' AND ${officeScope(actor, sql`o.code`)}`;
}

/** Whether a key has its answer, which is then given again and not judged again (BLK-3). */
async function isKnown(db: Db, { actor, key }: KeyedRequest): Promise<boolean> {
  if (key === undefined) return false;
  return (await row(db, sql`SELECT 1 FROM idempotency_keys WHERE actor = ${actor} AND key = ${key}`)) !== undefined;
}

async function note(tx: Db, action: NewAction, actor: Actor): Promise<{ id: string }> {
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

function emptySelection(): DomainError {
  return againstRule('empty-selection', 'No account matches the selection. Widen the filter or choose another date.', [
    {
      field: 'selection',
      message: 'selects no account',
      expected: 'at least one account with a balance as of the date',
    },
  ]);
}
