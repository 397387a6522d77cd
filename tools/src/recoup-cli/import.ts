import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, NoAnswerError, watch } from './api.js';
import { waitForProjections } from './projections.js';

/** What an import counts; `known` rows were booked before and changed nothing. */
export interface ImportCounts {
  readonly rows: number;
  readonly booked: number;
  readonly known: number;
  readonly refused: number;
  readonly warnings: number;
}

/** An import as the ledger shows it. */
export interface ImportRecord {
  readonly id: string;
  readonly status: string;
  readonly counts: ImportCounts;
  readonly lastError: string | null;
}

interface Rejection {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly severity: 'refused' | 'warning';
  readonly outcome: 'booked' | 'unchanged' | 'refused' | null;
}

const pollMs = 200;
const rejectionsToldMax = 500;

/**
 * Imports a CSV through the ledger's API and waits until it is booked and, unless told otherwise, projected everywhere.
 * `mapping` is the name of one the ledger knows, or the absolute path of a JSON file with one. `report` takes a line for each row
 * that was refused or booked with a warning.
 */
export async function importFile(
  file: string,
  mapping: string,
  wait: boolean,
  report: (line: string) => void,
): Promise<ImportCounts> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const query = new URLSearchParams({ mapping: mappingParameter(mapping), fileName: basename(file) });
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const created = await upload(query, body);
  const done = await untilEnded(created.id);
  await reportRejections(done.id, report);
  if (wait) await waitForProjections(new Date());
  return done.counts;
}

async function upload(query: URLSearchParams, body: ReadableStream<Uint8Array>): Promise<ImportRecord> {
  try {
    const headers = { 'content-type': 'text/csv' };
    return (await call<ImportRecord>('ledger', `imports?${query}`, { method: 'POST', headers, body })).body;
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    throw new Error(`The ledger went away before it had read the whole file. ${importAgain}`, { cause: error });
  }
}

function mappingParameter(mapping: string): string {
  if (!isAbsolute(mapping)) return mapping;
  try {
    return JSON.stringify(JSON.parse(readFileSync(mapping, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The mapping ${mapping} is not JSON (${reason}). Give a file with one, or the name of one that ships or is kept.`,
      { cause },
    );
  }
}

async function untilEnded(id: string): Promise<ImportRecord> {
  for (;;) {
    const body = await watch<ImportRecord>('ledger', `imports/${id}`);
    if (body.status.startsWith('completed')) return body;
    if (['cancelled', 'paused'].includes(body.status)) throw new Error(unended(body));
    await sleep(pollMs);
  }
}

const importAgain = 'Run the import again: what is booked already is not booked twice.';

/** Why nothing more is booked of an import, and what to do. */
export function unended({ id, status, lastError }: ImportRecord): string {
  const next = status === 'paused' ? 'When that is mended, resume it on its page of the console.' : importAgain;
  const why = lastError === null ? '' : ` ${lastError.replace(/\.?$/, '.')}`;
  return `The import ${id} is ${status}.${why} ${next}`;
}

const endings = {
  booked: ', booked all the same',
  unchanged: ', known before and left as it was',
  refused: ', refused for another reason',
};

/** A row that was refused or is doubtful, in a line; a warning says what became of the row. */
export function toldRow({ line, column, reason, detail, severity, outcome }: Rejection): string {
  const ending = severity === 'warning' && outcome ? endings[outcome] : '';
  return `line ${line}${column ? `, ${column}` : ''}: ${detail} (${reason})${ending}`;
}

/** Tells the first rows; a terminal is no place for a hundred thousand. */
async function reportRejections(id: string, report: (line: string) => void): Promise<void> {
  const range = encodeURIComponent(JSON.stringify([0, rejectionsToldMax - 1]));
  const { body } = await call<Rejection[]>('ledger', `imports/${id}/rejections?range=${range}`);
  for (const rejection of body) report(toldRow(rejection));
  if (body.length === rejectionsToldMax)
    report(`These are the first ${rejectionsToldMax}. All are on the import's page of the console, also as a file.`);
}
