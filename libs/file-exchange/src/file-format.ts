import { z } from 'zod';

/**
 * One column of a file: its name for people, the field of the record it takes its value from, and how it is written.
 * `amount` is minor units of the currency that stands in the record's field `currency`, written with that currency's
 * decimals; `date` is `YYYY-MM-DD`; `number` an integer. Widths count characters and are needed for fixed-width files.
 */
export const fileColumn = z.strictObject({
  name: z.string().min(1).max(60),
  value: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/, 'a field name'),
  type: z.enum(['text', 'number', 'amount', 'date']),
  width: z.int().min(1).max(500).optional(),
  align: z.enum(['left', 'right']).default('left'),
  pad: z.string().length(1).default(' '),
});
export type FileColumn = z.infer<typeof fileColumn>;

const columns = z.array(fileColumn).min(1).max(100);

/**
 * How a file is written (AGY-1): a header record H, a detail record D for each row, and a trailer record T for each
 * currency with its count and sum. The record's letter stands in front of its columns.
 */
export const fileFormat = z
  .strictObject({
    style: z.enum(['csv', 'fixed-width']),
    delimiter: z.enum([',', ';', '|', '\t']).default(','),
    lineEnd: z.enum(['\n', '\r\n']).default('\r\n'),
    header: columns,
    detail: columns,
    trailer: columns,
  })
  .refine(hasWidths, 'every column of a fixed-width file needs a width');
export type FileFormat = z.infer<typeof fileFormat>;

function hasWidths(format: {
  style: string;
  header: FileColumn[];
  detail: FileColumn[];
  trailer: FileColumn[];
}): boolean {
  if (format.style === 'csv') return true;
  return [...format.header, ...format.detail, ...format.trailer].every((column) => column.width !== undefined);
}

/** Values of a record by field; null is written as an empty column. */
export type FileRecord = Readonly<Record<string, string | number | null>>;

/** A detail record: what it counts and sums by is part of it. */
export interface DetailRecord extends FileRecord {
  readonly currency: string;
  readonly amount: number;
}

/** A value that the file can't carry unchanged. Files to agencies are refused rather than altered (S13). */
export class UnwritableValue extends Error {
  constructor(
    readonly column: string,
    readonly line: number,
    problem: string,
  ) {
    super(`Line ${line}, column ${column}: ${problem}.`);
    this.name = 'UnwritableValue';
  }
}
