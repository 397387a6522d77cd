import { formatAmount, isPlainText, parseAmount, plainTextInWords, type ContactData } from '@recoup/contracts';
import { firstCharacters } from '../accounts/plain-text.js';
import { amountMax } from '../postings/amount-max.js';
import { readDate } from './dates.js';
import type { FoundHeader, Mapping } from './mapping.js';
import { contactFields, type MappingField } from './mapping-fields.js';

/** What a row's office must be known to have. */
export interface OfficeTerms {
  readonly currency: string;
  readonly today: string;
}

/** What was found wrong with a row; a warning doesn't keep it from being booked. */
export interface Finding {
  readonly line: number;
  readonly column: string | null;
  /** As it stands in the file; null for contact data and where no column is to blame. */
  readonly value: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly severity: 'refused' | 'warning';
}

/** A row of any kind as it was read: the line where it starts, its account, and the contact data that it gives of it. */
export interface ReadLine {
  readonly line: number;
  readonly officeCode: string;
  readonly accountNumber: string;
  readonly contact?: ContactData;
}

const textMax = 200;

/** Reads rows by a mapping. Pure: offices and their today are handed in; `undefined` for one that is not known. */
export function rowReader<Row extends ReadLine>(
  read: (fields: RowFields) => Row,
  mapping: Mapping,
  header: FoundHeader,
  office: (code: string) => OfficeTerms | undefined,
) {
  return (line: number, values: readonly string[]): { row?: Row; findings: Finding[] } => {
    if (values.length !== header.columns) {
      const detail = `has ${values.length} fields; the header has ${header.columns}`;
      return {
        findings: [{ line, column: null, value: null, reason: 'wrong-field-count', detail, severity: 'refused' }],
      };
    }
    const fields = new RowFields(mapping, header, line, values, office);
    const row = read(fields);
    return fields.refused ? { findings: fields.findings } : { row, findings: fields.findings };
  };
}

/** The fields of one row, by the mapping's names for them; what is wrong with them is found as they are read. */
export class RowFields {
  readonly findings: Finding[] = [];

  constructor(
    readonly mapping: Mapping,
    private readonly header: FoundHeader,
    readonly line: number,
    private readonly values: readonly string[],
    private readonly termsOf: (code: string) => OfficeTerms | undefined,
  ) {}

  get refused(): boolean {
    return this.findings.some(({ severity }) => severity === 'refused');
  }

  has(field: MappingField): boolean {
    return this.header.indexes[field] !== undefined;
  }

  text(field: MappingField): string {
    const index = this.header.indexes[field];
    return index === undefined ? '' : (this.values[index] ?? '');
  }

  /** The row's office, and its terms if the actor may book to it. */
  office(): { officeCode: string; terms: OfficeTerms | undefined } {
    const officeCode = this.text('officeCode');
    const terms = this.termsOf(officeCode);
    if (!terms) this.refuse('officeCode', 'unknown-office', 'is not an office that you may book to');
    return { officeCode, terms };
  }

  required(field: MappingField): string {
    const value = this.optional(field);
    if (value.trim() === '') this.refuse(field, 'missing-value', 'must not be empty');
    return value;
  }

  /** A text that may be empty. */
  optional(field: MappingField): string {
    const value = this.text(field);
    if (value.length > textMax)
      this.refuse(field, 'too-long', `has ${value.length} characters; at most ${textMax} are taken`);
    this.checkPlain(field, value);
    return value;
  }

  /** An ISO date; where the office's terms are given, none after its today. */
  date(field: MappingField, terms?: OfficeTerms): string | null {
    const date = readDate(this.text(field), this.mapping.dates);
    if (date === null) this.refuse(field, 'bad-date', `must be a date written ${this.mapping.dates}`);
    else if (terms && date > terms.today)
      this.refuse(field, 'future-date', `is after the office's today, ${terms.today}`);
    return date;
  }

  /** An amount in minor units of the office's currency. */
  amount(field: MappingField, terms: OfficeTerms | undefined): number {
    if (!terms) return 0;
    const parsed = parseAmount(this.text(field), terms.currency);
    if ('problem' in parsed) this.refuse(field, 'bad-amount', parsed.problem);
    else if (parsed.amount > amountMax)
      this.refuse(
        field,
        'bad-amount',
        `is more than ${formatAmount(amountMax, terms.currency)}, the most that is taken`,
      );
    else return parsed.amount;
    return 0;
  }

  refuse(field: MappingField, reason: string, detail: string): void {
    this.find(field, reason, detail, 'refused');
  }

  warn(field: MappingField, reason: string, detail: string): void {
    this.find(field, reason, detail, 'warning');
  }

  /** A line break in a name would go on into every file for an agency, which can't carry it. */
  private checkPlain(field: MappingField, value: string): void {
    if (!isPlainText(value)) this.refuse(field, 'control-character', `must be ${plainTextInWords}`);
  }

  /** Two fields may read the same column: what is wrong with it is told once. */
  private find(field: MappingField, reason: string, detail: string, severity: Finding['severity']): void {
    const { line, mapping } = this;
    const column = mapping.columns[field] ?? null;
    if (this.findings.some((known) => known.column === column && known.reason === reason)) return;
    const value = isContact(field) ? null : firstCharacters(this.text(field), textMax);
    this.findings.push({ line, column, value, reason, detail, severity });
  }
}

function isContact(field: MappingField): boolean {
  return contactFields.some((each) => each === field);
}
