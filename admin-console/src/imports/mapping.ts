import { isCode } from '../forms/codes.js';

/** What a row of a file is. */
export const mappingKinds = ['invoices', 'accounts', 'subscriptions', 'payments'] as const;
export type MappingKind = (typeof mappingKinds)[number];

export const dateFormats = ['YYYY-MM-DD', 'M/D/YYYY', 'D/M/YYYY'] as const;

/** A mapping that the ledger knows, one that ships or one that people keep: our field → the file's name for its column. */
export interface KnownMapping {
  id: string;
  name: string;
  shipped: boolean;
  /** Of a kept one: how often it was replaced. */
  version: number | null;
  kind: MappingKind;
  columns: Record<string, string>;
  optional: readonly string[];
  dates: string;
  offices: readonly MappedOffice[];
  disputed?: object;
  serviceTypeCode?: string;
}

/** An office that the import makes where it is missing. */
export interface MappedOffice {
  code: string;
  name: string;
  currency: string;
  timeZone: string;
}

/** A mapping as it is made on the screen; a field without a column is empty. */
export interface OwnMapping {
  name: string;
  columns: Record<string, string>;
  dates: string;
  offices: readonly MappedOffice[];
  /** The kept one that is changed: what the screen doesn't ask stays as it is there. */
  from?: KnownMapping;
}

export interface MappingFieldView {
  field: string;
  required: boolean;
}

/** The fields of a kind, as the shipped mapping of our own layout tells them: there each column has its field's name. */
export function fieldsOf(mappings: readonly KnownMapping[], kind: MappingKind): MappingFieldView[] {
  const own = mappings.find(
    ({ shipped, kind: its, columns }) =>
      shipped && its === kind && Object.entries(columns).every(([field, name]) => field === name),
  );
  return Object.keys(own?.columns ?? {}).map((field) => ({ field, required: !own?.optional.includes(field) }));
}

/** The column of each field that a header names alike, whatever its case, blanks and punctuation. */
export function guessColumns(fields: readonly MappingFieldView[], header: readonly string[]): Record<string, string> {
  const guess = (field: string): string =>
    header.find((name) => name === field) ?? header.find((name) => plain(name) === plain(field)) ?? '';
  return Object.fromEntries(fields.map(({ field }) => [field, guess(field)]));
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Required fields that have no column yet. */
export function lackingFields(fields: readonly MappingFieldView[], { columns }: OwnMapping): string[] {
  return fields.filter(({ field, required }) => required && !columns[field]).map(({ field }) => field);
}

/** Whether nothing is left empty that the ledger would refuse. */
export function isComplete(fields: readonly MappingFieldView[], own: OwnMapping): boolean {
  const named = isCode(own.name) && own.offices.every((office) => Object.values(office).every((part) => part !== ''));
  return named && fields.length > 0 && lackingFields(fields, own).length === 0;
}

const dateFields = ['invoiceDate', 'dueDate', 'settledDate', 'startedOn', 'paymentDate'];

/** Whether a column holds dates: only then it matters how they are written. */
export function hasDates({ columns }: OwnMapping): boolean {
  return dateFields.some((field) => columns[field]);
}

/**
 * The mapping as the ledger and the command line take it. A column of a field that need not be given may be lacking in a file, so
 * that one mapping reads this month's file and the next one.
 */
export function mappingJson(kind: MappingKind, own: OwnMapping, fields: readonly MappingFieldView[]): string {
  const columns = Object.fromEntries(Object.entries(own.columns).filter(([, column]) => column !== ''));
  const mayLack = [
    ...fields.filter(({ required }) => !required).map(({ field }) => field),
    ...(own.from?.optional ?? []),
  ];
  const optional = [...new Set(mayLack)].filter((field) => columns[field]);
  const { disputed, serviceTypeCode } = own.from ?? {};
  const dates = hasDates(own) ? { dates: own.dates } : {};
  const kept = { optional, disputed, serviceTypeCode };
  return JSON.stringify({ name: own.name.trim(), kind, columns, ...dates, offices: own.offices, ...kept }, null, 2);
}

const headerBytesMax = 64 * 1024;

/**
 * The names of a CSV file's columns, read from its beginning, after a first line `sep=,`; undefined when no line of names ends
 * there. A line that isn't separated by commas is one name.
 */
export async function readHeaderOf(file: Blob): Promise<string[] | undefined> {
  const whole = file.size <= headerBytesMax;
  const text = await file.slice(0, headerBytesMax).text();
  return firstRecord(text.replace(/^(?:sep=,|"sep=,")\r?\n/i, ''), whole);
}

/** Whether a header is one column because something else than a comma parts its names. */
export function isOtherwiseSeparated(header: readonly string[]): boolean {
  return header.length === 1 && /[;\t|]|^sep=/i.test(header[0] ?? '');
}

/** A line that can't be cut at commas for its quotes, and can at what other programs put there. */
const otherwiseQuoted =
  /^(?=[^\r\n]*")(?:"[^"\r\n]*"|[^"\r\n;\t|]*)(?:[;\t|](?:"[^"\r\n]*"|[^"\r\n;\t|]*))+(?=\r?\n|$)/;

/** The fields of the first record of a CSV text; `whole` tells that the text ends where the file does. */
export function firstRecord(text: string, whole: boolean): string[] | undefined {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  for (;;) {
    const found = field.exec(text);
    if (!found) return otherwiseQuoted.exec(text)?.slice(0, 1);
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    const cut = found[3] === '' && !whole;
    return cut || fields.every((name) => name === '') ? undefined : fields;
  }
}
