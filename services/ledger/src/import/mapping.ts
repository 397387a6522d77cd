import { code, timeZone } from '@recoup/contracts';
import { z } from 'zod';
import { officeCurrency } from '../offices/currency.js';
import { locale } from '../offices/locale.js';

const column = z.string().min(1).max(200);

/** Columns that every file must have, by the mapping's names for them. */
const requiredColumns = {
  officeCode: column,
  accountNumber: column,
  invoiceNumber: column,
  invoiceDate: column,
  dueDate: column,
  amount: column,
};

/** Columns that a mapping may name; a file must have those that it names, unless `optional` lists them. */
const furtherColumns = {
  name: column,
  settledDate: column,
  disputed: column,
  email: column,
  phone: column,
  addressLine: column,
  postalCode: column,
  country: column,
  language: column,
  timeZone: column,
  daysToSettle: column,
  daysLate: column,
};

const furtherField = z.enum(Object.keys(furtherColumns) as [keyof typeof furtherColumns]);

/** How dates are written. Parts without a leading zero are read in the second and third too. */
export const dateFormat = z.enum(['YYYY-MM-DD', 'M/D/YYYY', 'D/M/YYYY']);
export type DateFormat = z.infer<typeof dateFormat>;

/**
 * What a file's columns mean (LED-60). `offices` are made by the import where they are missing (`rulings`, 11).
 * `disputed` says which values mean yes and which no; `daysToSettle` and `daysLate` are derived figures that are only
 * checked. Columns that the mapping doesn't name are ignored.
 */
export const mappingSchema = z.strictObject({
  name: code,
  offices: z
    .array(
      z.strictObject({
        code,
        name: z.string().min(1).max(200),
        currency: officeCurrency,
        timeZone,
        locale: locale.optional(),
      }),
    )
    .max(1000)
    .default([]),
  columns: z.strictObject({ ...requiredColumns, ...partial(furtherColumns) }),
  optional: z.array(furtherField).default([]),
  dates: dateFormat.default('YYYY-MM-DD'),
  disputed: z
    .strictObject({ yes: z.array(z.string()), no: z.array(z.string()) })
    .default({ yes: ['true', 'yes', 'Yes'], no: ['false', 'no', 'No', ''] }),
  serviceTypeCode: code.default('service'),
});
export type Mapping = z.infer<typeof mappingSchema>;
export type MappingField = keyof Mapping['columns'];

function partial<T extends Record<string, z.ZodString>>(shape: T): { [K in keyof T]: z.ZodOptional<T[K]> } {
  const entries = Object.entries(shape).map(([name, schema]) => [name, schema.optional()]);
  return Object.fromEntries(entries) as { [K in keyof T]: z.ZodOptional<T[K]> };
}

/** Where in a row the mapping's fields stand: index by field, for fields that the file has. */
export type ColumnIndexes = Partial<Record<MappingField, number>>;

/** What is wrong with a header, or where its columns are. */
export type HeaderResult =
  | { readonly indexes: ColumnIndexes; readonly columns: number }
  | { readonly problem: 'repeated-columns' | 'missing-columns'; readonly names: string[] };

/** Finds the mapping's columns in a header; names are compared exactly. */
export function readHeader(mapping: Mapping, header: readonly string[]): HeaderResult {
  const repeated = header.filter((name, index) => header.indexOf(name) !== index);
  if (repeated.length > 0) return { problem: 'repeated-columns', names: [...new Set(repeated)] };
  const indexes: ColumnIndexes = {};
  const missing: string[] = [];
  const optional: readonly string[] = mapping.optional;
  for (const [field, name] of Object.entries(mapping.columns)) {
    if (name === undefined) continue;
    const index = header.indexOf(name);
    if (index >= 0) indexes[field as MappingField] = index;
    else if (!optional.includes(field)) missing.push(name);
  }
  return missing.length > 0 ? { problem: 'missing-columns', names: missing } : { indexes, columns: header.length };
}
