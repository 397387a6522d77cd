import type { ContactData } from '@recoup/contracts';
import { readContact } from './read-contact.js';
import type { OfficeTerms, RowFields } from './read-fields.js';

/** A row as it is booked: dates ISO, amount in minor units of the office's currency. */
export interface ImportRow {
  readonly line: number;
  readonly officeCode: string;
  readonly accountNumber: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly amount: number;
  readonly settledOn: string | null;
  readonly disputed: boolean;
}

/** A row as it was read, with the contact data that it gives of its account. */
export interface ReadRow extends ImportRow {
  readonly contact: ContactData;
}

/** Reads a row that is an invoice with its account and settlement. */
export function readInvoiceRow(fields: RowFields): ReadRow {
  const { officeCode, terms } = fields.office();
  const accountNumber = fields.required('accountNumber');
  const invoiceNumber = fields.required('invoiceNumber');
  const invoiceDate = fields.date('invoiceDate', terms) ?? '';
  const dueDate = fields.date('dueDate') ?? '';
  const row = {
    line: fields.line,
    officeCode,
    accountNumber,
    invoiceNumber,
    invoiceDate,
    dueDate,
    amount: fields.amount('amount', terms),
    settledOn: settledOn(fields, terms),
    disputed: disputed(fields),
    contact: readContact(fields, accountNumber),
  };
  if (fields.refused) return row;
  checkDue(fields, row);
  checkDerived(fields, row);
  return row;
}

function settledOn(fields: RowFields, terms: OfficeTerms | undefined): string | null {
  return fields.text('settledDate') === '' ? null : fields.date('settledDate', terms);
}

function disputed(fields: RowFields): boolean {
  if (!fields.has('disputed')) return false;
  const { yes, no } = fields.mapping.disputed;
  const value = fields.text('disputed');
  if (!yes.includes(value) && !no.includes(value))
    fields.refuse('disputed', 'bad-value', `must be ${[...yes, ...no].map((each) => each || '(empty)').join(' or ')}`);
  return yes.includes(value);
}

/** As for an invoice over HTTP; days that can't be used themselves are not compared. */
function checkDue(fields: RowFields, { invoiceDate, dueDate }: ImportRow): void {
  if (dueDate < invoiceDate)
    fields.refuse('dueDate', 'due-before-invoice', `is before the date of the invoice, ${invoiceDate}`);
}

/** Derived figures are not believed; where they disagree with the dates the row is booked and the difference told. */
function checkDerived(fields: RowFields, row: ImportRow): void {
  if (row.settledOn === null) return;
  checkDays(fields, 'daysToSettle', daysBetween(row.invoiceDate, row.settledOn));
  checkDays(fields, 'daysLate', Math.max(0, daysBetween(row.dueDate, row.settledOn)));
}

function checkDays(fields: RowFields, field: 'daysToSettle' | 'daysLate', days: number): void {
  if (!fields.has(field) || fields.text(field) === String(days)) return;
  fields.warn(field, 'derived-value-differs', `is ${days} by the dates; the row is booked by the dates`);
}

const dayMs = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}
