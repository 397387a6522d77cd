import { code, timeZone } from '@recoup/contracts';
import { z } from 'zod';
import { lineOfText } from '../accounts/plain-text.js';
import { officeCurrency } from '../offices/currency.js';
import { locale } from '../offices/locale.js';
import { mappingFields, mappingKinds, type MappingField, type MappingKind } from './mapping-fields.js';

/** How dates are written. Parts without a leading zero are read in the second and third too. */
export const dateFormat = z.enum(['YYYY-MM-DD', 'M/D/YYYY', 'D/M/YYYY']);
export type DateFormat = z.infer<typeof dateFormat>;

/** An office that an import makes where it is missing (`rulings`, 11). */
const mappedOffice = z.strictObject({
  code,
  name: lineOfText,
  currency: officeCurrency,
  timeZone,
  locale: locale.optional(),
});

/** A file's name for the column of each field. */
export type MappingColumns = { readonly [F in MappingField]?: string | undefined };

/** What a file's columns mean (LED-60). Columns that the mapping doesn't name are ignored. */
export interface Mapping {
  readonly name: string;
  /** What a row is: an invoice with its account and settlement where nothing is said. */
  readonly kind: MappingKind;
  readonly offices: readonly z.infer<typeof mappedOffice>[];
  readonly columns: MappingColumns;
  /** Fields whose column a file may lack. */
  readonly optional: readonly MappingField[];
  readonly dates: DateFormat;
  /** Which values of an invoice's `disputed` mean yes and which no. */
  readonly disputed: { readonly yes: readonly string[]; readonly no: readonly string[] };
  /** The service type of invoice lines, and of subscriptions whose row names none. */
  readonly serviceTypeCode: string;
}

function eachField<T extends z.ZodType>(fields: readonly string[], type: T): Record<string, T> {
  return Object.fromEntries(fields.map((field) => [field, type]));
}

function ofKind<K extends MappingKind>(kind: K) {
  const { required, further } = mappingFields[kind];
  const column = z.string().min(1).max(200);
  return z.strictObject({
    kind: z.literal(kind),
    name: code,
    offices: z.array(mappedOffice).max(1000).default([]),
    columns: z.strictObject({ ...eachField(required, column), ...eachField(further, column.optional()) }),
    optional: z.array(z.enum(further)).default([]),
    dates: dateFormat.default('YYYY-MM-DD'),
    disputed: z
      .strictObject({ yes: z.array(z.string()), no: z.array(z.string()) })
      .default({ yes: ['true', 'yes', 'Yes'], no: ['false', 'no', 'No', ''] }),
    serviceTypeCode: code.default('service'),
  });
}

function withKind(given: unknown): unknown {
  return typeof given === 'object' && given !== null ? { kind: mappingKinds[0], ...given } : given;
}

/** A mapping as it is given: required fields of its kind need a column, others may have one. */
export const mappingSchema: z.ZodType<Mapping> = z.preprocess(
  withKind,
  z.discriminatedUnion('kind', [ofKind('invoices'), ofKind('accounts'), ofKind('subscriptions'), ofKind('payments')]),
);

/** Where in a row the mapping's fields stand: index by field, for fields that the file has. */
export type ColumnIndexes = Partial<Record<MappingField, number>>;

/** A header in which all the columns that a file must have were found. */
export interface FoundHeader {
  readonly indexes: ColumnIndexes;
  readonly columns: number;
}

/** What is wrong with a header. */
export interface HeaderProblem {
  readonly problem: 'repeated-columns' | 'missing-columns';
  readonly names: readonly string[];
}

/** Finds the mapping's columns in a header; names are compared exactly. */
export function readHeader(mapping: Mapping, header: readonly string[]): FoundHeader | HeaderProblem {
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
