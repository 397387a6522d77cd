import { createHash } from 'node:crypto';
import {
  againstRule,
  rows,
  run,
  seesOffice,
  sql,
  tooLarge,
  transaction,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
} from '@recoup/service-kit';
import { cancelledMeanwhile } from './cancel-import.js';
import { keepFindings } from './keep-findings.js';
import { findKind } from './kinds/find-kind.js';
import { readHeader, type Mapping } from './mapping.js';
import { rowReader, type Finding, type OfficeTerms } from './read-fields.js';
import { readRecords, type CsvRecord } from './read-records.js';
import { stageRow } from './staged-row.js';

/** Rows of a chunk: read, staged and later booked together. */
export const chunkRows = 1000;

/** What staging needs to know and to have. */
export interface Staging {
  readonly importId: string;
  readonly mapping: Mapping;
  readonly actor: Actor;
  readonly bytesMax: number;
}

export interface Staged {
  readonly checksum: string;
  readonly bytes: number;
  readonly records: number;
}

interface Parts {
  readonly clock: Clock;
  readonly cipher: ContactCipher;
}

/**
 * Reads a file from the request and stages its rows, a chunk a transaction, so that memory and transactions stay small
 * whatever the file's size. Rows that can't be read are kept as findings; the rest of the file goes on.
 * @throws DomainError 422 for an empty file or a header that lacks or repeats columns, 413 beyond `bytesMax`, 409
 * `import-cancelled` when it was cancelled meanwhile
 */
export async function stageImport(
  db: Db,
  source: AsyncIterable<Buffer>,
  staging: Staging,
  parts: Parts,
): Promise<Staged> {
  const hash = createHash('sha256');
  const counted = { bytes: 0 };
  const metered = meter(source, staging.bytesMax, (chunk) => {
    hash.update(chunk);
    counted.bytes += chunk.length;
  });
  let reader: ReturnType<typeof rowReader> | undefined;
  let records = 0;
  let chunk = 0;
  for await (const batch of readRecords(metered, chunkRows)) {
    const body = reader ? batch : batch.slice(1);
    reader ??= await headedReader(db, batch[0], staging, parts);
    if (body.length === 0) continue;
    await stageChunk(db, staging.importId, chunk, body, reader, parts.cipher);
    records += body.length;
    chunk += 1;
  }
  if (!reader)
    throw againstRule('empty-file', 'The file is empty. It must begin with a header that names its columns.');
  return { checksum: hash.digest('hex'), bytes: counted.bytes, records };
}

async function* meter(
  source: AsyncIterable<Buffer>,
  bytesMax: number,
  take: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge('file-too-large', `The file is larger than ${bytesMax} bytes. Split it.`);
    take(chunk);
    yield chunk;
  }
}

async function headedReader(
  db: Db,
  header: CsvRecord | undefined,
  { mapping, actor }: Staging,
  { clock }: Parts,
): Promise<ReturnType<typeof rowReader>> {
  if (!header || 'problem' in header)
    throw againstRule('bad-header', `The header, line ${header?.line ?? 1}, ${header?.problem ?? 'is missing'}.`);
  const found = readHeader(mapping, header.fields);
  if ('problem' in found) throw headerRefusal(found.problem, found.names, header.line);
  const terms = await officeTerms(db, actor, clock);
  return rowReader(
    (fields) => findKind(mapping).read(fields),
    mapping,
    found,
    (code) => terms.get(code),
  );
}

function headerRefusal(problem: 'repeated-columns' | 'missing-columns', names: readonly string[], line: number): Error {
  const list = names.join(', ');
  const sentence = problem === 'missing-columns' ? `lacks ${list}` : `names ${list} more than once`;
  const errors = names.map((name) => ({
    field: name,
    message: problem === 'missing-columns' ? 'is missing' : 'is repeated',
    expected: 'each column once, named exactly so',
  }));
  return againstRule(problem, `The header, line ${line}, ${sentence}. Column names are compared exactly.`, errors);
}

/** Currency and today of every office that the actor may book to. */
async function officeTerms(db: Db, actor: Actor, clock: Clock): Promise<Map<string, OfficeTerms>> {
  const offices = await rows<{ code: string; currency: string; timeZone: string }>(
    db,
    sql`SELECT code, currency, time_zone AS "timeZone" FROM offices`,
  );
  const own = offices.filter(({ code }) => seesOffice(actor, code));
  return new Map(own.map(({ code, currency, timeZone }) => [code, { currency, today: clock.today(timeZone) }]));
}

async function stageChunk(
  db: Db,
  importId: string,
  chunk: number,
  batch: readonly CsvRecord[],
  read: ReturnType<typeof rowReader>,
  cipher: ContactCipher,
): Promise<void> {
  const findings: Finding[] = [];
  const staged: { line: number; fields: string }[] = [];
  for (const record of batch) {
    if ('problem' in record) {
      findings.push({
        line: record.line,
        column: null,
        value: null,
        reason: 'unreadable',
        detail: record.problem,
        severity: 'refused',
      });
      continue;
    }
    const result = read(record.line, record.fields);
    findings.push(...result.findings);
    if (result.row) staged.push({ line: record.line, fields: JSON.stringify(stageRow(cipher, importId, result.row)) });
  }
  await transaction(db, async (tx) => {
    await run(
      tx,
      sql`INSERT INTO import_rows (import_id, chunk, line, fields)
          SELECT ${importId}, ${chunk}, line, fields::json
          FROM unnest(${staged.map(({ line }) => line)}::bigint[], ${staged.map(({ fields }) => fields)}::text[]) AS t (line, fields)`,
    );
    await keepFindings(tx, importId, findings);
    await run(tx, sql`INSERT INTO run_chunks (run_id, number, items) VALUES (${importId}, ${chunk}, ${batch.length})`);
    const open = await run(
      tx,
      sql`UPDATE imports i SET received_at = clock_timestamp() FROM runs r WHERE i.id = ${importId} AND r.id = i.id AND r.status = 'previewing'`,
    );
    if (open === 0) throw cancelledMeanwhile();
  });
}
