import type { Db } from '@recoup/service-kit';
import type { AccountEvent } from '../accounts/account-events.js';
import type { NewInvoice } from '../invoices/issue-invoices.js';
import { paymentPostings } from '../payments/payment-postings.js';
import { allocateOldestFirst, linesMax, oldestDueFirst, type OpenLine } from '../postings/allocation.js';
import { bookingData } from '../postings/booking-data.js';
import { handOut, newIds, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import type { ImportAccount } from './import-accounts.js';
import { accountKey, invoiceKey, notYetWritten, type Judged } from './judge-rows.js';
import { findOpenLines } from './known-invoices.js';
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

interface By {
  readonly actor: string;
  readonly recordedAt: string;
  readonly serviceTypeCode: string;
}

const idsPerRow = 6;

/**
 * Works out what judged rows book: invoices of the new ones, payments of those newly settled, disputes.
 * @param before ids of the invoices that earlier pieces of the chunk wrote, by `invoiceKey`; those of this piece are added
 */
export async function bookingsOf(
  tx: Db,
  judged: readonly Judged[],
  accounts: ReadonlyMap<string, ImportAccount>,
  by: By,
  before: Map<string, string>,
): Promise<ChunkBookings> {
  const effective = judged.filter(({ verdict }) => verdict.kind === 'new' || verdict.kind === 'settle');
  const knownId = ({ row, verdict }: Judged): string =>
    verdict.kind === 'settle' && verdict.invoice.invoiceId !== notYetWritten
      ? verdict.invoice.invoiceId
      : (before.get(invoiceKey(row)) ?? notYetWritten);
  const settledIds = effective.filter(({ verdict }) => verdict.kind === 'settle').map(knownId);
  const openLines = await findOpenLines(
    tx,
    settledIds.filter((id) => id !== notYetWritten),
  );
  const booker = new Booker(await newIds(tx, effective.length * idsPerRow), accounts, openLines, by);
  for (const each of effective) {
    if (each.verdict.kind === 'new') before.set(invoiceKey(each.row), booker.issue(each.row));
    else booker.settle(each.row, knownId(each));
  }
  return booker;
}

/** The events of accounts that a chunk opened. */
export function openedEvents(accounts: ReadonlyMap<string, ImportAccount>): AccountEvent[] {
  return [...accounts.values()].filter(({ opened }) => opened).map(openedEvent);
}

class Booker {
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
      ...plainTransaction,
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

function openedEvent({ id: accountId, officeId, number, currency }: ImportAccount): AccountEvent {
  const data = { accountId, officeId, number, currency, status: 'active' as const, statementHold: false };
  return { type: 'recoup.ledger.account-opened.v1', data };
}
