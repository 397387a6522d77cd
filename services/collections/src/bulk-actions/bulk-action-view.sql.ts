import { uuid } from '@recoup/contracts';
import { anyOf, defineList, row, seesAllOffices, sql, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { z } from 'zod';
import type { BulkActionView } from './bulk-action-schema.js';

/** Sums of a run's chunks stand beside it: a thousand rows at most for a million items, so progress never counts items. */
export const bulkActionFrom: RawBuilder<unknown> = sql`bulk_actions b JOIN runs r ON r.id = b.id
  CROSS JOIN LATERAL (SELECT coalesce(sum(c.done), 0)::bigint AS done, coalesce(sum(c.skipped), 0)::bigint AS skipped,
                             coalesce(sum(c.failed), 0)::bigint AS failed FROM run_chunks c WHERE c.run_id = b.id) progress`;

export const bulkActionColumns: RawBuilder<unknown> = sql`b.id, r.type, r.status, b.hash,
  json_build_object('selected', b.selected, 'eligible', b.eligible, 'skipped', b.selected - b.eligible + progress.skipped,
                    'done', progress.done, 'failed', progress.failed) AS counts,
  CASE WHEN b.ended THEN b.done_totals ELSE b.totals END AS totals,
  CASE WHEN b.ended THEN b.done_office_totals ELSE b.office_totals END AS "officeTotals",
  b.totals AS "previewedTotals", b.office_totals AS "previewedOfficeTotals", b.reasons, b.warnings, b.as_of AS "asOf", b.selection, b.parameters, b.undo_of AS "undoOf",
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
