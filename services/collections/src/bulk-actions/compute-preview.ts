import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  againstRule,
  Clock,
  correlationId,
  lockRun,
  moveRun,
  officeScope,
  row,
  run as execute,
  sql,
  transaction,
  withCorrelation,
  type Actor,
  type Db,
  type DomainError,
  type RawBuilder,
} from '@recoup/service-kit';
import { ReportSelection } from '../report/report-selection.js';
import type { PreviewParts } from './actions/action.js';
import { noteChunksSql } from './chunk-items.sql.js';
import { actionOfRun, endIfSettled } from './end-bulk-action.js';
import { previewItemsSql, previewSummarySql } from './preview-items.sql.js';
import type { Selection } from './selection.js';

/** Computes the preview of a noted action, at once or later, in the process that noted it or in another. */
@Injectable()
export class ComputePreview {
  constructor(
    private readonly orm: MikroORM,
    private readonly report: ReportSelection,
    private readonly clock: Clock,
  ) {}

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

/**
 * The items that an undo is about: what the first action did, within the offices of who undoes it. `undone` says that an
 * earlier undo of the same action reversed it, or found it reversed.
 */
function undoneItems(first: string, actor: Pick<Actor, 'offices'>): RawBuilder<unknown> {
  return sql`SELECT i.account_id, i.as_of_balance AS balance, i.amount, i.before, i.after, i.transaction_id,
           EXISTS (SELECT 1 FROM bulk_actions u JOIN bulk_action_items k ON k.action_id = u.id
                   WHERE u.undo_of = ${first} AND k.account_id = i.account_id
                     AND (k.status = 'done' OR k.reason = 'already-reversed')) AS undone
    FROM bulk_action_items i JOIN offices o ON o.id = i.office_id
    WHERE i.action_id = ${first} AND i.status = 'done' AND ${officeScope(actor, sql`o.code`)}`;
}

/** The refusal of an action that would be about no account. */
export function emptySelection(): DomainError {
  return againstRule('empty-selection', 'No account matches the selection. Widen the filter or choose another date.', [
    {
      field: 'selection',
      message: 'selects no account',
      expected: 'at least one account with a balance as of the date',
    },
  ]);
}
