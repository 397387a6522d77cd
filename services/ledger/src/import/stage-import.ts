import { createHash } from 'node:crypto';
import {
  againstRule,
  run,
  sql,
  tooLarge,
  transaction,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
} from '@recoup/service-kit';
import { cancelledMeanwhile } from './cancel-import.js';
import { headedReader, withoutDeclaration, type RowReader } from './headed-reader.js';
import { keepFindings } from './keep-findings.js';
import type { Mapping } from './mapping.js';
import type { Finding } from './read-fields.js';
import { readRecords, type CsvRecord } from './read-records.js';
import { rowStager } from './staged-row.js';

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
 * @throws DomainError 422 for a file without rows, what `headedReader` throws, 413 beyond `bytesMax`, 409
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
  let reader: RowReader | undefined;
  let records = 0;
  let chunk = 0;
  for await (const batch of readRecords(metered, chunkRows)) {
    const headed = reader ? undefined : withoutDeclaration(batch);
    const body = headed ? headed.slice(1) : batch;
    reader ??= await headedReader(db, headed?.[0], staging, parts.clock);
    if (body.length === 0) continue;
    await stageChunk(db, staging.importId, chunk, body, reader, parts.cipher);
    records += body.length;
    chunk += 1;
  }
  if (!reader)
    throw againstRule('empty-file', 'The file is empty. It must begin with a header that names its columns.');
  if (records === 0)
    throw againstRule('no-rows', 'The file ends after its header. At least one row must stand under it.');
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

async function stageChunk(
  db: Db,
  importId: string,
  chunk: number,
  batch: readonly CsvRecord[],
  read: RowReader,
  cipher: ContactCipher,
): Promise<void> {
  const findings: Finding[] = [];
  const staged: { line: number; fields: string }[] = [];
  const stage = rowStager(cipher, importId);
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
    if (result.row) staged.push({ line: record.line, fields: JSON.stringify(stage(result.row)) });
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
