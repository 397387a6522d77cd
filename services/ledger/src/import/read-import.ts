import {
  notFound,
  row,
  seesAllOffices,
  sql,
  type Actor,
  type Db,
  type RawBuilder,
  type RunStatus,
} from '@recoup/service-kit';

/** An import as it is shown; `booked + known + refused` reaches `rows` when it has ended, unless it was cancelled. */
export interface ImportView {
  readonly id: string;
  readonly fileName: string;
  readonly mapping: string;
  readonly status: RunStatus;
  readonly actor: string;
  readonly checksum: string | null;
  readonly bytes: number;
  readonly counts: {
    readonly rows: number;
    readonly booked: number;
    readonly known: number;
    readonly refused: number;
    readonly warnings: number;
  };
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly lastError: string | null;
}

export const importColumns = sql`r.id, i.file_name AS "fileName", i.mapping_name AS mapping, r.status, r.actor, i.checksum, i.bytes,
  json_build_object('rows', i.records, 'booked', c.done, 'known', c.skipped, 'refused', c.failed,
    'warnings', (SELECT count(*) FROM import_rejections x WHERE x.import_id = i.id AND x.severity = 'warning')) AS counts,
  r.created_at AS "createdAt", r.finished_at AS "finishedAt", r.last_error AS "lastError"`;

export const importFrom = sql`runs r JOIN imports i ON i.id = r.id
  CROSS JOIN LATERAL (SELECT coalesce(sum(done), 0)::bigint AS done, coalesce(sum(skipped), 0)::bigint AS skipped,
                             coalesce(sum(failed), 0)::bigint AS failed FROM run_chunks WHERE run_id = r.id) c`;

/** Who may see an import: whoever sees all offices, and the one who made it; its rows may be of any office. */
export function importScope(actor: Actor): RawBuilder<unknown> {
  return seesAllOffices(actor) ? sql`r.kind = 'import'` : sql`r.kind = 'import' AND r.actor = ${actor.user}`;
}

/** @throws DomainError 404 */
export async function readImport(db: Db, id: string, actor: Actor): Promise<ImportView> {
  const found = await row<ImportView>(
    db,
    sql`SELECT ${importColumns} FROM ${importFrom} WHERE r.id = ${id} AND ${importScope(actor)}`,
  );
  if (!found) throw notFound('import');
  return found;
}
