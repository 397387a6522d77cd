import type { AccountEvent } from '../accounts/account-events.js';
import type { NewInvoice } from '../invoices/issue-invoices.js';
import { paymentPostings } from '../payments/payment-postings.js';
import { allocateOldestFirst, linesMax, oldestDueFirst, type OpenLine } from '../postings/allocation.js';
import { handOut, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { bookingData } from '../postings/booking-data.js';
import type { ImportAccount } from './import-accounts.js';
import { accountKey, invoiceKey } from './judge-rows.js';
import type { ImportRow } from './parse-row.js';

/** A settlement date newly given, with the invoice that it settles. */
export interface Settlement {
  readonly invoiceId: string;
  readonly settledOn: string;
}

/** A dispute that a row tells of; it lasts from the invoice's date to the settlement (`rulings`, 7). */
export interface ImportedDispute {
  readonly disputeId: string;
  readonly accountId: string;
  readonly invoiceId: string;
  readonly reason: string;
  readonly amount: number;
  readonly openedOn: string;
  readonly settledOn: string | null;
}

/** Everything that a piece of a chunk books. */
export interface ChunkBookings {
  readonly invoices: NewInvoice[];
  readonly payments: NewTransaction[];
  readonly paymentEvents: AccountEvent[];
  readonly disputes: ImportedDispute[];
  /** Invoices written by an earlier row, in this chunk or before, and settled by a later one. */
  readonly settled: Settlement[];
}

/** By whom and when a chunk is booked, and what its invoices' lines are for. */
export interface By {
  readonly actor: string;
  readonly recordedAt: string;
  readonly serviceTypeCode: string;
}

/** Most ids that what a row books takes. */
export const idsPerRow = 6;

/** Collects what the rows of a piece of a chunk book; nothing is written by it. */
export class ChunkBooker implements ChunkBookings {
  readonly invoices: NewInvoice[] = [];
  readonly payments: NewTransaction[] = [];
  readonly paymentEvents: AccountEvent[] = [];
  readonly disputes: ImportedDispute[] = [];
  readonly settled: Settlement[] = [];
  readonly #written = new Map<string, NewInvoice>();
  readonly #id: () => string;
  readonly #accounts: ReadonlyMap<string, ImportAccount>;
  readonly #openLines: ReadonlyMap<string, OpenLine[]>;
  readonly #by: By;

  constructor(
    ids: string[],
    accounts: ReadonlyMap<string, ImportAccount>,
    openLines: ReadonlyMap<string, OpenLine[]>,
    by: By,
  ) {
    this.#id = handOut(ids);
    this.#accounts = accounts;
    this.#openLines = openLines;
    this.#by = by;
  }

  /** Answers the new invoice's id. */
  issue(row: ImportRow): string {
    const account = this.#account(row);
    const { invoiceNumber: number, invoiceDate, dueDate, amount, settledOn } = row;
    const line = {
      serviceLineId: this.#id(),
      billLineId: this.#id(),
      serviceTypeCode: this.#by.serviceTypeCode,
      dateOfService: invoiceDate,
      amount,
      description: null,
    };
    const { id: accountId, officeId, currency } = account;
    const invoice: NewInvoice = {
      id: this.#id(),
      transactionId: this.#id(),
      accountId,
      officeId,
      currency,
      number,
      invoiceDate,
      dueDate,
      settledOn,
      importedDisputed: row.disputed,
      lines: [line],
    };
    this.invoices.push(invoice);
    this.#written.set(invoiceKey(row), invoice);
    if (settledOn !== null) this.#pay(account, row, settledOn, linesOf(invoice));
    if (row.disputed) this.#dispute(row, invoice);
    return invoice.id;
  }

  settle(row: ImportRow, knownInvoiceId: string): void {
    const written = this.#written.get(invoiceKey(row));
    const invoiceId = written?.id ?? knownInvoiceId;
    const lines = written ? linesOf(written) : (this.#openLines.get(invoiceId) ?? []);
    if (row.settledOn === null) return;
    this.settled.push({ invoiceId, settledOn: row.settledOn });
    this.#pay(this.#account(row), row, row.settledOn, lines.toSorted(oldestDueFirst).slice(0, linesMax));
  }

  /** A payment of the whole amount; what the invoice no longer owes of it becomes credit (`rulings`, 6). */
  #pay(
    { id: accountId, officeId, currency }: ImportAccount,
    row: ImportRow,
    effectiveDate: string,
    lines: OpenLine[],
  ): void {
    const { amount, invoiceNumber: reference } = row;
    const { actor, recordedAt } = this.#by;
    const id = this.#id();
    const postings = paymentPostings({ id, amount, effectiveDate }, allocateOldestFirst(amount, lines).parts);
    const booked: NewTransaction = {
      ...plainTransaction(),
      id,
      typeCode: 'payment',
      kind: 'payment',
      accountId,
      officeId,
      currency,
      amount,
      effectiveDate,
      recordedAt,
      actor,
      reference,
      postings,
    };
    this.payments.push(booked);
    this.paymentEvents.push({ type: 'recoup.ledger.payment-received.v1', data: { ...bookingData(booked), reference } });
  }

  #dispute({ amount, settledOn, invoiceDate: openedOn }: ImportRow, { accountId, id: invoiceId }: NewInvoice): void {
    const ends = settledOn !== null && settledOn < openedOn ? openedOn : settledOn;
    this.disputes.push({
      disputeId: this.#id(),
      accountId,
      invoiceId,
      reason: 'Disputed',
      amount,
      openedOn,
      settledOn: ends,
    });
  }

  #account(row: ImportRow): ImportAccount {
    const account = this.#accounts.get(accountKey(row));
    if (!account) throw new Error('A row’s account was not locked');
    return account;
  }
}

function linesOf({ id: invoiceId, lines, dueDate, invoiceDate, number }: NewInvoice): OpenLine[] {
  return lines.map(({ billLineId, amount: open }) => ({ invoiceId, billLineId, open, dueDate, invoiceDate, number }));
}
