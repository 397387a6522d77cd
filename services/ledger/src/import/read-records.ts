import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { inWords, quotedSeparator, type OtherSeparator } from './separator.js';

/** A record that can't be cut into fields: why, and at what it would have to be cut where that is why. */
export interface UnreadableRecord {
  readonly line: number;
  readonly problem: string;
  readonly separator?: OtherSeparator;
}

/** A record of a CSV file: the line where it starts (from 1), and its fields or why they can't be read. */
export type CsvRecord = { readonly line: number; readonly fields: string[] } | UnreadableRecord;

const recordLinesMax = 100;
const recordBytesMax = 64 * 1024;
const newline = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** A record as it stands in the file, its quotes paired, not yet cut into fields. */
interface RawRecord {
  readonly line: number;
  readonly bytes: Buffer;
}
type Item = RawRecord | CsvRecord;

/**
 * Reads a CSV file from its bytes, as batches of records; memory stays flat whatever its size. Records are cut here,
 * at line ends outside of quotes, so that each has the line where it starts, and a quote that is never closed costs
 * one record, not the rest of the file; csv-parse cuts them into fields. Blank lines are passed over.
 */
export async function* readRecords(source: AsyncIterable<Buffer>, batchRecords: number): AsyncGenerator<CsvRecord[]> {
  const cutter = new RecordCutter();
  let items: Item[] = [];
  let first = true;
  for await (const line of readLines(source)) {
    cutter.feed(first ? withoutByteOrderMark(line) : line, items);
    first = false;
    while (items.length >= batchRecords) yield parseAll(items.splice(0, batchRecords));
  }
  cutter.end(items);
  for (; items.length > 0; items = items.slice(batchRecords)) yield parseAll(items.slice(0, batchRecords));
}

async function* readLines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      rest.push(chunk.subarray(start, end + 1));
      yield rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest);
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    // A line longer than any record may be is kept only so far that the cutter sees that it is too long.
    if (restBytes <= recordBytesMax) rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
  }
  if (restBytes > 0) yield Buffer.concat(rest);
}

/** Puts lines together to records whose quotes are paired. */
class RecordCutter {
  private lines: Buffer[] = [];
  private firstLine = 1;
  private nextLine = 1;
  private bytes = 0;
  private openQuote = false;

  feed(line: Buffer, items: Item[]): void {
    const waiting = [line];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const rejected = this.take(next, items);
      // What followed a record that could not be closed is looked at again, line by line.
      if (rejected) waiting.unshift(...rejected);
    }
  }

  end(items: Item[]): void {
    while (this.lines.length > 0)
      for (const line of this.giveUp(items, 'has a quote that is never closed')) this.feed(line, items);
  }

  private take(line: Buffer, items: Item[]): Buffer[] | undefined {
    if (this.lines.length === 0) this.firstLine = this.nextLine;
    this.lines.push(line);
    this.nextLine += 1;
    this.bytes += line.length;
    for (let at = line.indexOf(quote); at >= 0; at = line.indexOf(quote, at + 1)) this.openQuote = !this.openQuote;
    if (this.bytes > recordBytesMax)
      return this.giveUp(items, `is longer than ${recordBytesMax} bytes, or has a quote that is never closed`);
    if (this.openQuote) {
      if (this.lines.length < recordLinesMax) return undefined;
      return this.giveUp(items, `has a quote that is not closed within ${recordLinesMax} lines`);
    }
    const whole = withoutLineEnd(this.lines.length === 1 ? line : Buffer.concat(this.lines));
    if (this.lines.length > 1 && !isParsable(whole)) return this.giveUp(items, 'has quotes that are not paired');
    if (whole.length > 0) items.push({ line: this.firstLine, bytes: whole });
    this.reset();
    return undefined;
  }

  private giveUp(items: Item[], problem: string): Buffer[] {
    const others = this.lines.slice(1);
    items.push({ line: this.firstLine, problem });
    this.nextLine = this.firstLine + 1;
    this.reset();
    return others;
  }

  private reset(): void {
    this.lines = [];
    this.bytes = 0;
    this.openQuote = false;
  }
}

function withoutByteOrderMark(line: Buffer): Buffer {
  return line.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? line.subarray(3) : line;
}

function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  if (bytes[end - 1] === newline) end -= 1;
  if (bytes[end - 1] === carriageReturn) end -= 1;
  return bytes.subarray(0, end);
}

const options = { relax_column_count: true, record_delimiter: '\n' };

/** One call of the parser for the whole batch; when anything in it is wrong, record by record. */
function parseAll(items: readonly Item[]): CsvRecord[] {
  const checked = items.map((item) => ('bytes' in item ? (encodingProblem(item) ?? item) : item));
  const raw = checked.filter((item): item is RawRecord => 'bytes' in item);
  const fields = parseTogether(raw.map(({ bytes }) => bytes.toString('utf8')));
  let next = 0;
  return checked.map((item): CsvRecord => {
    if (!('bytes' in item)) return item;
    return fields ? { line: item.line, fields: fields[next++] ?? [] } : parseOne(item);
  });
}

function parseTogether(texts: readonly string[]): string[][] | undefined {
  try {
    const parsed: string[][] = parse(texts.join('\n'), options);
    return parsed.length === texts.length ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function parseOne({ line, bytes }: RawRecord): CsvRecord {
  try {
    const [fields, ...more]: string[][] = parse(bytes, options);
    if (fields && more.length === 0) return { line, fields };
  } catch {
    // The parser's own message quotes the row; ours says what to look for.
  }
  const separator = quotedSeparator(bytes.toString('utf8'));
  if (separator) return { line, problem: `is separated by ${inWords(separator)}; it must be by commas`, separator };
  return { line, problem: 'has a quote inside a field that is not quoted, or text after a closing quote' };
}

function isParsable(bytes: Buffer): boolean {
  return !('problem' in parseOne({ line: 0, bytes }));
}

function encodingProblem({ line, bytes }: RawRecord): CsvRecord | undefined {
  if (!isUtf8(bytes)) return { line, problem: 'is not UTF-8' };
  return bytes.includes(0) ? { line, problem: 'contains the character U+0000' } : undefined;
}
