import { Inject, Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Answer,
  BUS_CONFIG,
  DomainError,
  forbidden,
  idempotent,
  malformedInput,
  mayPreview,
  row,
  sql,
  wrongState,
  type Actor,
  type BusConfig,
  type KeyedRequest,
} from '@recoup/service-kit';
import { ReportSelection } from '../report/report-selection.js';
import { bulkActionOf } from './actions/actions.js';
import { previewAnswerMs } from './bulk-action.js';
import type { BulkActionView } from './bulk-action-schema.js';
import { findBulkAction } from './bulk-action-view.sql.js';
import { ComputePreview, emptySelection } from './compute-preview.js';
import { isKnown, noteBulkAction, takeBackBulkAction } from './note-bulk-action.js';
import { requireCurrentProjection } from './projection-behind.js';
import { readSelection, type GivenSelection, type Selection } from './selection.js';
import { lockForCommand } from './steer-bulk-action.js';

/** What a person asks for: `POST bulk-actions`. */
export interface AskedBulkAction {
  readonly type: string;
  readonly selection: GivenSelection;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Makes previews: of an action on a selection, and of the undo of one that has ended (BLK-1, BLK-2). */
@Injectable()
export class PreviewBulkAction {
  constructor(
    private readonly orm: MikroORM,
    private readonly report: ReportSelection,
    private readonly previews: ComputePreview,
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
      return { status: 201, body: await noteBulkAction(tx, made, actor) };
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
      const made = { type: 'undo', asOf, selection, parameters, warnings: [], undoOf: id };
      return { status: 201, body: await noteBulkAction(tx, made, actor) };
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
      const computing = this.previews.compute(id).catch(async (error: unknown) => {
        if (!(error instanceof DomainError)) return;
        // Once the answer has gone out the action is known: the refusal is kept with it.
        if (answered) return this.previews.giveUp(id, error.message);
        await takeBackBulkAction(this.orm.em.fork(), id, request);
        throw error;
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
}
