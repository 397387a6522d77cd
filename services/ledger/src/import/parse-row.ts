import { formatAmount, parseAmount, timeZone as timeZoneSchema } from '@recoup/contracts';
import type { ContactData } from '@recoup/contracts';
import { firstCharacters, isPlainText } from '../accounts/plain-text.js';
import { amountMax } from '../postings/amount-max.js';
import { readDate } from './dates.js';
import type { ColumnIndexes, Mapping, MappingField } from './mapping.js';

/** What a row's office must be known to have. */
export interface OfficeTerms {
  readonly currency: string;
  readonly today: string;
}

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

/** What was found wrong with a row; a warning doesn't keep it from being booked. */
export interface Finding {
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly severity: 'refused' | 'warning';
}

const textMax = 200;

/** Reads rows by a mapping. Pure: offices and their today are handed in; `undefined` for one that is not known. */
export function rowReader(
  mapping: Mapping,
  indexes: ColumnIndexes,
  columns: number,
  office: (code: string) => OfficeTerms | undefined,
) {
  return (line: number, fields: readonly string[]): { row?: ReadRow; findings: Finding[] } => {
    if (fields.length !== columns) {
      const detail = `has ${fields.length} fields; the header has ${columns}`;
      return {
        findings: [{ line, column: null, value: null, reason: 'wrong-field-count', detail, severity: 'refused' }],
      };
    }
    const reader = new RowReader(mapping, indexes, line, fields);
    const row = reader.read(office);
    return reader.refused ? { findings: reader.findings } : { row, findings: reader.findings };
  };
}

class RowReader {
  readonly findings: Finding[] = [];

  constructor(
    private readonly mapping: Mapping,
    private readonly indexes: ColumnIndexes,
    private readonly line: number,
    private readonly fields: readonly string[],
  ) {}

  get refused(): boolean {
    return this.findings.some(({ severity }) => severity === 'refused');
  }

  read(office: (code: string) => OfficeTerms | undefined): ReadRow {
    const officeCode = this.text('officeCode');
    const terms = office(officeCode);
    if (!terms) this.refuse('officeCode', 'unknown-office', 'is not an office that you may book to');
    const accountNumber = this.required('accountNumber');
    const invoiceNumber = this.required('invoiceNumber');
    const invoiceDate = this.date('invoiceDate', terms) ?? '';
    const dueDate = this.date('dueDate') ?? '';
    const amount = this.amount(terms);
    const settledOn = this.text('settledDate') === '' ? null : this.date('settledDate', terms);
    const disputed = this.disputed();
    const row = {
      line: this.line,
      officeCode,
      accountNumber,
      invoiceNumber,
      invoiceDate,
      dueDate,
      amount,
      settledOn,
      disputed,
    };
    const contact = this.contact(accountNumber);
    if (!this.refused) this.checkDerived(row);
    return { ...row, contact };
  }

  private text(field: MappingField): string {
    const index = this.indexes[field];
    return index === undefined ? '' : (this.fields[index] ?? '');
  }

  private required(field: MappingField): string {
    const value = this.text(field);
    if (value.trim() === '') this.refuse(field, 'missing-value', 'must not be empty');
    if (value.length > textMax)
      this.refuse(field, 'too-long', `has ${value.length} characters; at most ${textMax} are taken`);
    this.checkPlain(field, value);
    return value;
  }

  /** A line break in a name would go on into every file for an agency, which can't carry it. */
  private checkPlain(field: MappingField, value: string): void {
    if (!isPlainText(value)) this.refuse(field, 'control-character', 'must be one line, without control characters');
  }

  private contactText(field: MappingField, max = textMax): string {
    const value = firstCharacters(this.text(field), max);
    this.checkPlain(field, value);
    return value;
  }

  private date(field: MappingField, terms?: OfficeTerms): string | null {
    const date = readDate(this.text(field), this.mapping.dates);
    if (date === null) this.refuse(field, 'bad-date', `must be a date written ${this.mapping.dates}`);
    else if (terms && date > terms.today)
      this.refuse(field, 'future-date', `is after the office's today, ${terms.today}`);
    return date;
  }

  private amount(terms: OfficeTerms | undefined): number {
    if (!terms) return 0;
    const parsed = parseAmount(this.text('amount'), terms.currency);
    if ('problem' in parsed) this.refuse('amount', 'bad-amount', parsed.problem);
    else if (parsed.amount > amountMax)
      this.refuse(
        'amount',
        'bad-amount',
        `is more than ${formatAmount(amountMax, terms.currency)}, the most an invoice may be`,
      );
    else return parsed.amount;
    return 0;
  }

  private disputed(): boolean {
    if (this.indexes.disputed === undefined) return false;
    const { yes, no } = this.mapping.disputed;
    const value = this.text('disputed');
    if (!yes.includes(value) && !no.includes(value))
      this.refuse('disputed', 'bad-value', `must be ${[...yes, ...no].map((each) => each || '(empty)').join(' or ')}`);
    return yes.includes(value);
  }

  private contact(accountNumber: string): ContactData {
    const zone = this.text('timeZone');
    if (zone !== '' && !timeZoneSchema.safeParse(zone).success)
      this.refuse('timeZone', 'bad-time-zone', 'must be an IANA time zone, such as America/New_York');
    const [email, phone, addressLine, postalCode, country] = (
      ['email', 'phone', 'addressLine', 'postalCode', 'country'] as const
    ).map((field) => this.contactText(field)) as [string, string, string, string, string];
    const hasAddress = [addressLine, postalCode, country].some((part) => part !== '');
    return {
      name: this.contactText('name') || accountNumber,
      addresses: hasAddress
        ? [{ lines: addressLine ? [addressLine] : [], ...(postalCode && { postalCode }), ...(country && { country }) }]
        : [],
      phones: phone ? [{ number: phone }] : [],
      email: email || null,
      language: this.contactText('language', 35) || null,
      timeZone: zone || null,
    };
  }

  /** Derived figures are not believed; where they disagree with the dates the row is booked and the difference told. */
  private checkDerived({
    invoiceDate,
    dueDate,
    settledOn,
  }: Pick<ImportRow, 'invoiceDate' | 'dueDate' | 'settledOn'>): void {
    if (settledOn === null) return;
    this.checkDays('daysToSettle', daysBetween(invoiceDate, settledOn));
    this.checkDays('daysLate', Math.max(0, daysBetween(dueDate, settledOn)));
  }

  private checkDays(field: 'daysToSettle' | 'daysLate', days: number): void {
    const value = this.text(field);
    if (this.indexes[field] === undefined || value === String(days)) return;
    this.find(field, 'derived-value-differs', `is ${days} by the dates; the row is booked by the dates`, 'warning');
  }

  private refuse(field: MappingField, reason: string, detail: string): void {
    this.find(field, reason, detail, 'refused');
  }

  private find(field: MappingField, reason: string, detail: string, severity: Finding['severity']): void {
    const column = this.mapping.columns[field] ?? null;
    this.findings.push({
      line: this.line,
      column,
      value: firstCharacters(this.text(field), textMax),
      reason,
      detail,
      severity,
    });
  }
}

const dayMs = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}
