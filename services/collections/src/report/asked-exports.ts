import { row, run, sql, type Db } from '@recoup/service-kit';
import type { TableFormat } from '@recoup/service-kit/downloads/table-file';
import { z } from 'zod';
import { reportList, type ReportQuery } from './report-list.js';

/** What an export is asked for by, where the address must not tell whom it is about: `POST report/exports`. */
export const askedExport = z.strictObject({
  filter: z.record(z.string(), z.unknown()).default({}),
  sort: z.tuple([z.string(), z.enum(['ASC', 'DESC'])]).optional(),
  format: z.enum(['csv', 'xlsx']).default('csv'),
});
export type AskedExport = z.infer<typeof askedExport>;

/** The answer: `GET report/exports/{id}` gives the file to who asked, for ten minutes. */
export const exportTicket = z.strictObject({ id: z.guid() });

/** How long a request can be taken up, in minutes; then it is forgotten. */
const keptMinutes = 10;

/** Requests for exports that the browser takes up by an id, so that no name stands in an address (S22). */
export const askedExportsTableSql = `
CREATE TABLE asked_exports (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  actor text NOT NULL,
  asked json NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
)`;

/**
 * Keeps a request, and forgets those that nobody took up.
 * @throws DomainError 400 for a filter or a sort that the report doesn't have
 */
export async function keepAskedExport(tx: Db, asked: AskedExport, actor: string): Promise<{ id: string }> {
  queryOf(asked);
  await run(
    tx,
    sql`DELETE FROM asked_exports WHERE created_at < clock_timestamp() - make_interval(mins => ${keptMinutes}::int)`,
  );
  const kept = await row<{ id: string }>(
    tx,
    sql`INSERT INTO asked_exports (actor, asked) VALUES (${actor}, ${JSON.stringify(asked)}::json) RETURNING id`,
  );
  return { id: kept?.id ?? '' };
}

/** What someone asked for in the last ten minutes; nobody else's. */
export async function findAskedExport(
  db: Db,
  id: string,
  actor: string,
): Promise<{ query: ReportQuery; format: TableFormat } | undefined> {
  const found = await row<{ asked: AskedExport }>(
    db,
    sql`SELECT asked FROM asked_exports WHERE id = ${id} AND actor = ${actor}
          AND created_at >= clock_timestamp() - make_interval(mins => ${keptMinutes}::int)`,
  );
  return found && { query: queryOf(found.asked), format: found.asked.format };
}

function queryOf({ filter, sort }: AskedExport): ReportQuery {
  return reportList.parse({ filter: JSON.stringify(filter), ...(sort ? { sort: JSON.stringify(sort) } : {}) });
}
