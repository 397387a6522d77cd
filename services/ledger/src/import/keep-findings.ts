import { run, sql, type Db } from '@recoup/service-kit';
import type { Finding } from './read-fields.js';

/** Keeps what was refused or doubtful of an import's rows, for its report. */
export async function keepFindings(tx: Db, importId: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await run(
    tx,
    sql`INSERT INTO import_rejections (import_id, line, column_name, value, reason, detail, severity)
        SELECT ${importId}, line, "column", value, reason, detail, severity
        FROM json_to_recordset(${JSON.stringify(findings)}::json)
          AS t (line bigint, "column" text, value text, reason text, detail text, severity text)`,
  );
}
