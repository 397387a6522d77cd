import { uuid } from '@recoup/contracts';
import { anyOf, defineList, row, seesAllOffices, sql, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { z } from 'zod';
import type { BulkActionView } from './bulk-action-schema.js';

/** Sums of a run's chunks stand beside it: a thousand rows at most for a million items, so progress never counts items. */
export const bulkActionFrom: RawBuilder<unknown> = sql`bulk_actions b JOIN runs r ON r.id = b.id
  CROSS JOIN LATERAL (SELECT coalesce(sum(c.done), 0)::bigint AS done, coalesce(sum(c.skipped), 0)::bigint AS skipped,
                             coalesce(sum(c.failed), 0)::bigint AS failed FROM run_chunks c WHERE c.run_id = b.id) progress`;

/** Most undos of one action that it names; a further one has nothing left to do. */
const undosMax = 10;

/** When a run started, as the schemas write an instant: inside JSON the driver doesn't. */
const startedAt = sql`to_char(first_run.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Of an undo what it takes back, so that it can be named without a question for each. It tells of no office that the undo
 * does not touch: its items are all that the first action did.
 */
const undoes = sql`(SELECT json_build_object('id', first.id, 'type', first_run.type, 'parameters', first.parameters,
      'actor', first_run.actor, 'startedAt', ${startedAt}, 'totals', first.done_totals,
      'done', (SELECT coalesce(sum(c.done), 0) FROM run_chunks c WHERE c.run_id = first.id))
    FROM bulk_actions first JOIN runs first_run ON first_run.id = first.id WHERE first.id = b.undo_of)`;

/** What took an action back, or is about to: the newest first, without what was cancelled before it did anything. */
const undoneBy = sql`(SELECT coalesce(json_agg(json_build_object('id', u.id, 'status', u.status, 'done', u.done)
                                               ORDER BY u.created_at DESC), '[]')
    FROM (SELECT undo.id, undo_run.status, undo_run.created_at, sums.done
          FROM bulk_actions undo JOIN runs undo_run ON undo_run.id = undo.id
          CROSS JOIN LATERAL (SELECT coalesce(sum(c.done), 0) AS done FROM run_chunks c WHERE c.run_id = undo.id) sums
          WHERE undo.undo_of = b.id AND (undo_run.status <> 'cancelled' OR sums.done > 0)
          ORDER BY undo_run.created_at DESC LIMIT ${undosMax}) u)`;

export const bulkActionColumns: RawBuilder<unknown> = sql`b.id, r.type, r.status, b.hash,
  json_build_object('selected', b.selected, 'eligible', b.eligible, 'skipped', b.selected - b.eligible + progress.skipped,
                    'done', progress.done, 'failed', progress.failed) AS counts,
  CASE WHEN b.ended THEN b.done_totals ELSE b.totals END AS totals,
  CASE WHEN b.ended THEN b.done_office_totals ELSE b.office_totals END AS "officeTotals",
  b.totals AS "previewedTotals", b.office_totals AS "previewedOfficeTotals", b.reasons, b.warnings, b.as_of AS "asOf", b.selection, b.parameters, b.undo_of AS "undoOf",
  ${undoes} AS undoes, ${undoneBy} AS "undoneBy",
  coalesce(b.problem, r.last_error) AS problem, r.actor, r.approver,
  r.created_at AS "createdAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.version`;

/**
 * An action is in sight of those who may see every office it touches: its counts and totals tell of all of them (S3).
 * While it is being previewed, its maker's offices stand in.
 */
export function bulkActionScope(actor: Pick<Actor, 'offices'>): RawBuilder<unknown> {
  return seesAllOffices(actor) ? sql`TRUE` : sql`coalesce(b.office_codes, r.offices) <@ ${[...actor.offices]}::text[]`;
}

/** The history of all bulk actions (BLK-5). */
export const bulkActionList = defineList({
  filters: {
    id: anyOf(uuid, sql`b.id`, 'uuid'),
    type: anyOf(z.string().max(40), sql`r.type`),
    status: anyOf(z.string().max(40), sql`r.status`),
    actor: anyOf(z.string().max(100), sql`r.actor`),
    undoOf: anyOf(uuid, sql`b.undo_of`, 'uuid'),
  },
  sorts: {
    createdAt: sql`r.created_at`,
    startedAt: sql`r.started_at`,
    finishedAt: sql`r.finished_at`,
    type: sql`r.type`,
    status: sql`r.status`,
    actor: sql`r.actor`,
    asOf: sql`b.as_of`,
  },
  defaultSort: ['createdAt', 'DESC'],
  tieBreaker: sql`b.id`,
});

/** One action, if the actor may see it. */
export function findBulkAction(db: Db, id: string, actor: Pick<Actor, 'offices'>): Promise<BulkActionView | undefined> {
  return row<BulkActionView>(
    db,
    sql`SELECT ${bulkActionColumns} FROM ${bulkActionFrom} WHERE b.id = ${id} AND ${bulkActionScope(actor)}`,
  );
}
