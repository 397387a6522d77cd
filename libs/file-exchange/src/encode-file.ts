import { createHash } from 'node:crypto';
import { recordEncoder } from './encode-record.js';
import type { DetailRecord, FileFormat, FileRecord } from './file-format.js';

/** Count and sum of a file's rows in one currency; `amount` in minor units. */
export interface CurrencyTotal {
  readonly currency: string;
  readonly count: number;
  readonly amount: number;
}

/** What a written file amounts to. `checksum` is SHA-256 in hex; totals are in order of currency. */
export interface FileSummary {
  readonly rows: number;
  readonly totals: readonly CurrencyTotal[];
  readonly bytes: number;
  readonly checksum: string;
}

/** A file as a stream of bytes, once; its summary is there when the stream has ended. */
export interface EncodedFile {
  readonly chunks: AsyncGenerator<Uint8Array, void>;
  summary(): FileSummary;
}

const chunkCharacters = 64 * 1024;

/**
 * Writes a file from its header and rows: a pure function, so the same rows give the same bytes whenever it is sent,
 * previewed or downloaded. Holds one chunk of about 64 KiB, however long the file is (B8).
 * @throws UnwritableValue while streaming, when a value can't be carried unchanged.
 */
export function encodeFile(
  format: FileFormat,
  header: FileRecord,
  rows: AsyncIterable<DetailRecord> | Iterable<DetailRecord>,
): EncodedFile {
  let summary: FileSummary | undefined;
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    const hash = createHash('sha256');
    const totals = new RunningTotals();
    let bytes = 0;
    for await (const text of lines(format, header, rows, totals)) {
      const chunk = Buffer.from(text, 'utf8');
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    summary = { rows: totals.rows, totals: totals.byCurrency(), bytes, checksum: hash.digest('hex') };
  }
  return {
    chunks: chunks(),
    summary: () => {
      if (!summary) throw new Error('The file has not been read to its end yet');
      return summary;
    },
  };
}

async function* lines(
  format: FileFormat,
  header: FileRecord,
  rows: AsyncIterable<DetailRecord> | Iterable<DetailRecord>,
  totals: RunningTotals,
): AsyncGenerator<string, void> {
  const detail = recordEncoder(format, 'D', format.detail);
  const trailer = recordEncoder(format, 'T', format.trailer);
  let line = 1;
  let text = recordEncoder(format, 'H', format.header)(header, line) + format.lineEnd;
  for await (const each of rows) {
    line += 1;
    text += detail(each, line) + format.lineEnd;
    totals.add(each);
    if (text.length >= chunkCharacters) {
      yield text;
      text = '';
    }
  }
  for (const total of totals.byCurrency()) {
    line += 1;
    text += trailer({ ...total }, line) + format.lineEnd;
  }
  yield text;
}

class RunningTotals {
  rows = 0;
  private readonly sums = new Map<string, { count: number; amount: number }>();

  add({ currency, amount }: DetailRecord): void {
    this.rows += 1;
    let sum = this.sums.get(currency);
    if (!sum) this.sums.set(currency, (sum = { count: 0, amount: 0 }));
    sum.count += 1;
    sum.amount += amount;
    if (!Number.isSafeInteger(sum.amount))
      throw new RangeError(`The sum in ${currency} is larger than can be carried exactly`);
  }

  byCurrency(): CurrencyTotal[] {
    return [...this.sums]
      .map(([currency, { count, amount }]) => ({ currency, count, amount }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
  }
}

/** Whether a file came out as its delivery says it must: rows, sums, and the checksum where one is known. */
export function sameContent(
  summary: FileSummary,
  expected: { rows: number; totals: readonly CurrencyTotal[]; checksum: string | null },
): boolean {
  const figures = (totals: readonly CurrencyTotal[]): string =>
    JSON.stringify(totals.map(({ currency, count, amount }) => [currency, count, amount]).toSorted());
  return (
    summary.rows === expected.rows &&
    figures(summary.totals) === figures(expected.totals) &&
    (expected.checksum === null || expected.checksum === summary.checksum)
  );
}
