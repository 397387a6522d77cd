import { run, sql, type Db } from '@recoup/service-kit';
import type { ChunkOutcome } from './import-kind.js';
import type { Finding } from './read-fields.js';

/**
 * Keeps what was refused or doubtful of an import's rows, for its report, with what became of them where that is known; a row
 * that one finding refuses is refused for all.
 */
export async function keepFindings(
  tx: Db,
  importId: string,
  findings: readonly Finding[],
  outcome?: ChunkOutcome,
): Promise<void> {
  if (findings.length === 0) return;
  const ended = outcome ? outcomesByLine(outcome) : new Map<number, RowOutcome>();
  for (const { line, severity } of findings) if (severity === 'refused') ended.set(line, 'refused');
  const kept = findings.map((each) => ({ ...each, outcome: ended.get(each.line) ?? null }));
  await run(
    tx,
    sql`INSERT INTO import_rejections (import_id, line, column_name, value, reason, detail, severity, row_outcome)
        SELECT ${importId}, line, "column", value, reason, detail, severity, outcome
        FROM json_to_recordset(${JSON.stringify(kept)}::json)
          AS t (line bigint, "column" text, value text, reason text, detail text, severity text, outcome text)`,
  );
}

type RowOutcome = 'booked' | 'unchanged' | 'refused';

function outcomesByLine({ booked, unchanged, refused }: ChunkOutcome): Map<number, RowOutcome> {
  return new Map<number, RowOutcome>([
    ...booked.map((line) => [line, 'booked'] as const),
    ...unchanged.map((line) => [line, 'unchanged'] as const),
    ...refused.map(({ line }) => [line, 'refused'] as const),
  ]);
}

/**
 * Keeps what became of the rows of a chunk beside what was doubtful of them when they were read. The range of lines keeps a chunk
 * without doubts from looking for each of its rows.
 */
export async function keepRowOutcomes(tx: Db, importId: string, outcome: ChunkOutcome): Promise<void> {
  const ended = outcomesByLine(outcome);
  const [lines, outcomes] = [[...ended.keys()], [...ended.values()]];
  await run(
    tx,
    sql`WITH ended AS (SELECT line, outcome FROM unnest(${lines}::bigint[], ${outcomes}::text[]) AS t (line, outcome))
        UPDATE import_rejections r SET row_outcome = e.outcome FROM ended e
        WHERE r.import_id = ${importId} AND r.line BETWEEN (SELECT min(line) FROM ended) AND (SELECT max(line) FROM ended)
          AND r.line = e.line AND r.row_outcome IS NULL`,
  );
}
