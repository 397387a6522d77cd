import { asCommand, rows, sql, type Db } from '@recoup/service-kit';
import { dropStaged, type ImportOffice } from './import-accounts.js';
import type { BookingParts, ChunkOutcome } from './import-kind.js';
import { keepFindings, keepRowOutcomes } from './keep-findings.js';
import { findKind } from './kinds/find-kind.js';
import type { Mapping } from './mapping.js';
import type { Finding } from './read-fields.js';
import type { SealedRow } from './staged-row.js';

/**
 * Books a chunk of staged rows as its kind of file does, every step as a set, and keeps why rows were refused. The staged
 * rows go with it. A chunk is a command of its own, for its transactions are numbered within it (LED-2).
 */
export async function bookChunk(
  tx: Db,
  parts: BookingParts,
  work: { importId: string; chunk: number; mapping: Mapping; actor: string },
): Promise<{ booked: number; unchanged: number }> {
  const { importId, chunk, mapping, actor } = work;
  const staged = await rows<{ fields: SealedRow }>(
    tx,
    sql`SELECT fields FROM import_rows WHERE import_id = ${importId} AND chunk = ${chunk} ORDER BY line`,
  );
  if (staged.length === 0) return { booked: 0, unchanged: 0 };
  const chunkRows = staged.map(({ fields }) => fields);
  const offices = await officesOf(tx, chunkRows);
  const given = { importId, mapping, actor, rows: chunkRows, offices };
  const outcome = await asCommand(`import:${importId}:${chunk}`, () => findKind(mapping).book(tx, parts, given));
  await keepRowOutcomes(tx, importId, outcome);
  await keepFindings(tx, importId, findingsOf(mapping, outcome), outcome);
  await dropStaged(tx, importId, chunk);
  return { booked: outcome.booked.length, unchanged: outcome.unchanged.length };
}

/** Two fields may read the same column: what is doubtful of it is told once. */
function findingsOf({ columns }: Mapping, { refused, doubts = [] }: ChunkOutcome): Finding[] {
  const warnings = doubts.map(({ field, ...doubt }): Finding => {
    return { ...doubt, column: columns[field] ?? null, value: null, severity: 'warning' };
  });
  return [
    ...refused.map(({ field, ...refusal }): Finding => {
      return { ...refusal, column: columns[field] ?? null, severity: 'refused' };
    }),
    ...new Map(warnings.map((warning) => [`${warning.line}\n${warning.column}`, warning])).values(),
  ];
}

async function officesOf(tx: Db, chunk: readonly SealedRow[]): Promise<Map<string, ImportOffice>> {
  const codes = [...new Set(chunk.map(({ officeCode }) => officeCode))];
  const found = await rows<ImportOffice>(
    tx,
    sql`SELECT id, code, currency, time_zone AS "timeZone" FROM offices WHERE code = ANY(${codes}::text[])`,
  );
  return new Map(found.map((office) => [office.code, office]));
}
