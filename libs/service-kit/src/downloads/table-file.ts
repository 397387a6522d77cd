import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { formatAmount } from '@recoup/contracts';
import { stringify } from 'csv-stringify';
import exceljs from 'exceljs';
import { malformed, tooLarge } from '../http/problem.js';

/** A table as a file for people's spreadsheets. */
export type TableFormat = 'csv' | 'xlsx';

/** Most rows of an XLSX file. */
export const xlsxRowsMax = 100_000;

export const tableContentTypes: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A column: its heading, and what a row shows there. An amount is a decimal number of the row's currency. */
export interface TableColumn<T> {
  readonly heading: string;
  readonly kind: 'text' | 'amount' | 'count';
  value(row: T): string;
  /** The same in words, where `value` is a code: a workbook is read by people, a CSV by programs too. */
  words?(row: T): string;
}

export function textColumn<T>(heading: string, value: (row: T) => string | null): TableColumn<T> {
  return { heading, kind: 'text', value: (row) => value(row) ?? '' };
}

/** A code, which a workbook shows by the words that the screen has for it. */
export function codeColumn<T>(heading: string, code: (row: T) => string, words: (row: T) => string): TableColumn<T> {
  return { heading, kind: 'text', value: code, words };
}

export function countColumn<T>(heading: string, value: (row: T) => number): TableColumn<T> {
  return { heading, kind: 'count', value: (row) => String(value(row)) };
}

/** An amount in minor units of the row's currency; nothing where there is none. */
export function amountColumn<T extends { readonly currency: string }>(
  heading: string,
  value: (row: T) => number | null | undefined,
): TableColumn<T> {
  const shown = (row: T): string => {
    const minor = value(row);
    return minor === null || minor === undefined ? '' : formatAmount(minor, row.currency);
  };
  return { heading, kind: 'amount', value: shown };
}

/**
 * The format that a request asks for, CSV unless told.
 * @throws DomainError 400
 */
export function readTableFormat(format: unknown): TableFormat {
  if (format === undefined || format === 'csv') return 'csv';
  if (format === 'xlsx') return 'xlsx';
  throw malformed('An export is csv or xlsx.', [
    { field: 'format', message: 'is not a format', expected: 'csv | xlsx' },
  ]);
}

/** @throws DomainError 413 `too-many-rows` where an XLSX file would have more than 100,000 rows */
export function requireXlsxRows(count: number): void {
  if (count <= xlsxRowsMax) return;
  throw tooLarge(
    'too-many-rows',
    `The selection has ${count} rows; an XLSX file takes at most ${xlsxRowsMax}. Export it as CSV, or narrow the filter.`,
  );
}

/** The headers of a file; `name` without its ending. */
export function tableHeaders(name: string, format: TableFormat): Record<string, string> {
  return {
    'Content-Type': tableContentTypes[format],
    'Content-Disposition': `attachment; filename="${name}.${format}"`,
  };
}

/** Writes rows as they come, so that memory doesn't grow with them. */
export function writeTable<T>(
  format: TableFormat,
  columns: readonly TableColumn<T>[],
  found: AsyncIterable<T>,
  out: Writable,
): Promise<void> {
  return format === 'csv' ? writeCsv(columns, found, out) : writeXlsx(columns, found, out);
}

/** What a spreadsheet would take for the beginning of a formula, in whatever width it is written. */
const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Text that a spreadsheet would take for a formula is made plain text (S13); an amount below 0 stays a number. */
async function writeCsv<T>(columns: readonly TableColumn<T>[], found: AsyncIterable<T>, out: Writable): Promise<void> {
  const csv = stringify({ header: true, columns: columns.map(({ heading }) => plainText(heading)) });
  await pipeline(Readable.from(lines(columns, found)), csv, out);
}

async function* lines<T>(columns: readonly TableColumn<T>[], found: AsyncIterable<T>): AsyncGenerator<string[]> {
  for await (const each of found)
    yield columns.map(({ kind, value }) => (kind === 'text' ? plainText(value(each)) : value(each)));
}

function plainText(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

const styles = new Map<number, { numFmt: string }>();

/**
 * As many decimals as the amount is written with, which are those of its currency. One object for each number of decimals: with
 * a style of its own for every cell a workbook takes twice as long.
 */
function styleOf(amount: string): { numFmt: string } {
  const decimals = amount.split('.')[1]?.length ?? 0;
  const style = styles.get(decimals) ?? { numFmt: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}` };
  styles.set(decimals, style);
  return style;
}

/**
 * Codes are told in words. Cells are typed: text is never a formula, and amounts are numbers that a spreadsheet can add up, shown
 * with the decimals of their currency. The headings stay in sight.
 */
async function writeXlsx<T>(columns: readonly TableColumn<T>[], found: AsyncIterable<T>, out: Writable): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: true });
  const sheet = workbook.addWorksheet('Report', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow(columns.map(({ heading }) => heading)).commit();
  for await (const each of found) {
    const shown = columns.map((column) => column.words?.(each) ?? column.value(each));
    const row = sheet.addRow(
      shown.map((value, index) => (columns[index]?.kind === 'text' || value === '' ? value : Number(value))),
    );
    for (const [index, { kind }] of columns.entries())
      if (kind === 'amount') row.getCell(index + 1).style = styleOf(shown[index] ?? '');
    row.commit();
    if (out.destroyed) throw new Error('The download was broken off');
    if (out.writableNeedDrain) await drained(out);
  }
  await workbook.commit();
}

function drained(out: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done).off('close', done);
      resolve();
    };
    out.on('drain', done).on('close', done);
  });
}
