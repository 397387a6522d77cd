import { run, sql, type Db } from '@recoup/service-kit';
import type { ChunkOutcome } from './import-kind.js';
import type { Finding } from './read-fields.js';

/** Keeps what was refused or doubtful of an import's rows, for its report; a row that one finding refuses is refused for all. */
export async function keepFindings(tx: Db, importId: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const refused = new Set(findings.filter(({ severity }) => severity === 'refused').map(({ line }) => line));
  const kept = findings.map((each) => ({ ...each, outcome: refused.has(each.line) ? 'refused' : null }));
  await run(
    tx,
    sql`INSERT INTO import_rejections (import_id, line, column_name, value, reason, detail, severity, row_outcome)
        SELECT ${importId}, line, "column", value, reason, detail, severity, outcome
        FROM json_to_recordset(${JSON.stringify(kept)}::json)
          AS t (line bigint, "column" text, value text, reason text, detail text, severity text, outcome text)`,
  );
}

/**
 * Keeps what became of the rows of a chunk beside what was doubtful of them. The range of lines keeps a chunk without doubts
 * from looking for each of its rows.
 */
export async function keepRowOutcomes(
  tx: Db,
  importId: string,
  { booked, unchanged, refused }: ChunkOutcome,
): Promise<void> {
  const lines = [...booked, ...unchanged, ...refused.map(({ line }) => line)];
  const outcomes = [
    ...booked.map(() => 'booked'),
    ...unchanged.map(() => 'unchanged'),
    ...refused.map(() => 'refused'),
  ];
  await run(
    tx,
    sql`WITH ended AS (SELECT line, outcome FROM unnest(${lines}::bigint[], ${outcomes}::text[]) AS t (line, outcome))
        UPDATE import_rejections r SET row_outcome = e.outcome FROM ended e
        WHERE r.import_id = ${importId} AND r.line BETWEEN (SELECT min(line) FROM ended) AND (SELECT max(line) FROM ended)
          AND r.line = e.line AND r.row_outcome IS NULL`,
  );
}
