import { formatAmount } from '@recoup/contracts';
import type { MappingField } from './mapping-fields.js';
import type { ImportRow } from './parse-row.js';

/** An invoice that the books have, as far as a row may speak of it. */
export interface KnownInvoice {
  readonly invoiceId: string;
  readonly accountNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly total: number;
  readonly currency: string;
  readonly settledOn: string | null;
  readonly disputed: boolean;
}

/** What a row comes to: a new invoice, a settlement newly given, nothing, or a refusal with the column that differs. */
export type Verdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'settle'; readonly invoice: KnownInvoice }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly field: MappingField; readonly value: string; readonly detail: string };

/**
 * Judges a row against the invoice of its number, if the office has one (`rulings`, 11): the same content changes
 * nothing, a settlement date newly given books the payment, anything else that differs is refused.
 */
export function judgeRow(row: ImportRow, known: KnownInvoice | undefined): Verdict {
  if (!known) return { kind: 'new' };
  const settledNewly = known.settledOn === null && row.settledOn !== null;
  const given: [MappingField, string, string][] = [
    ['accountNumber', row.accountNumber, known.accountNumber],
    ['invoiceDate', row.invoiceDate, known.invoiceDate],
    ['dueDate', row.dueDate, known.dueDate],
    ['amount', formatAmount(row.amount, known.currency), formatAmount(known.total, known.currency)],
    ['disputed', yesNo(row.disputed), yesNo(known.disputed)],
    ['settledDate', settledNewly ? '' : (row.settledOn ?? ''), known.settledOn ?? ''],
  ];
  const different = given.find(([, now, before]) => now !== before);
  if (different) {
    const [field, value, before] = different;
    const detail = `differs from the invoice of this number, which is already booked with ${before || 'none'}`;
    return { kind: 'refused', field, value, detail };
  }
  return settledNewly ? { kind: 'settle', invoice: known } : { kind: 'unchanged' };
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** A row with what it comes to. */
export interface Judged {
  readonly row: ImportRow;
  readonly verdict: Verdict;
}

/**
 * Judges a chunk's rows in the order in which they stand, each seeing those before it, so that an invoice number that
 * comes twice is treated as if the second row had come in a later file.
 */
export function judgeRows(
  rows: readonly ImportRow[],
  known: ReadonlyMap<string, KnownInvoice>,
  currencyOf: (officeCode: string) => string,
): Judged[] {
  const now = new Map(known);
  return rows.map((row) => {
    const key = invoiceKey(row);
    const verdict = judgeRow(row, now.get(key));
    if (verdict.kind === 'new') now.set(key, knownFrom(row, currencyOf(row.officeCode)));
    if (verdict.kind === 'settle') now.set(key, { ...verdict.invoice, settledOn: row.settledOn });
    return { row, verdict };
  });
}

/** Tells an invoice apart: its number is unique within its office. */
export function invoiceKey({ officeCode, invoiceNumber }: Pick<ImportRow, 'officeCode' | 'invoiceNumber'>): string {
  return `${officeCode}\n${invoiceNumber}`;
}

/** Tells an account apart: its number is unique within its office. */
export function accountKey({ officeCode, accountNumber }: Pick<ImportRow, 'officeCode' | 'accountNumber'>): string {
  return `${officeCode}\n${accountNumber}`;
}

/** An invoice that this chunk makes has no id yet; a later row of the chunk that settles it is found by its key. */
export const notYetWritten = '';

function knownFrom(row: ImportRow, currency: string): KnownInvoice {
  const { accountNumber, invoiceDate, dueDate, amount: total, settledOn, disputed } = row;
  return { invoiceId: notYetWritten, accountNumber, invoiceDate, dueDate, total, currency, settledOn, disputed };
}
