import type { Actor, Clock, Db } from '@recoup/service-kit';
import type { AccountEvent } from '../accounts/account-events.js';
import type { LockedAccount } from '../accounts/lock-account.js';
import type { Allocation } from '../postings/allocation.js';
import { bookingData } from '../postings/booking-data.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { takesEffect, withOpenSince } from '../postings/open-since.js';
import { selfSides } from '../postings/posting-rules.js';

/** Kinds of transaction that close receivables of the account at our cost; they post alike (LED-1). */
export type ClosingKind = 'write-off' | 'adjustment';

/** A closing whose parts are decided. */
export interface Closing {
  readonly kind: ClosingKind;
  readonly typeCode: string;
  readonly effectiveDate: string;
  readonly parts: readonly Allocation[];
  readonly invoiceId: string | null;
  readonly billLineId: string | null;
  readonly reason: string | null;
  /** The payment in whose window it is booked (LED-41). */
  readonly paymentId: string | null;
}

/** A closing concerns only the account itself. */
export type BookedClosing = NewTransaction & { readonly payerId: null };

/**
 * Books a closing on a locked account; nothing takes effect on a line before its invoice's date (`rulings`, 1), nor before
 * the day on which it was opened again.
 */
export async function bookClosing(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  { parts: given, ...closing }: Closing,
): Promise<BookedClosing> {
  const { id: accountId, officeId, currency } = account;
  const parts = await withOpenSince(tx, account, closing.effectiveDate, given);
  const booked: BookedClosing = {
    ...plainTransaction(),
    ...closing,
    id: await newId(tx),
    accountId,
    officeId,
    currency,
    amount: parts.reduce((sum, part) => sum + part.amount, 0),
    recordedAt: clock.now(),
    actor: actor.user,
    postings: parts.map(({ line, amount }) => ({
      ...selfSides('write-off', closing.typeCode),
      amount,
      effectiveDate: takesEffect(closing.effectiveDate, line),
      line: { invoiceId: line.invoiceId, billLineId: line.billLineId },
      sourceId: null,
    })),
  };
  await bookTransactions(tx, [booked]);
  return booked;
}

/** The event of a closing. */
export function closingEvent(booked: NewTransaction): AccountEvent {
  const data = bookingData(booked);
  if (booked.kind === 'adjustment') return { type: 'recoup.ledger.adjusted.v1', data };
  return { type: 'recoup.ledger.written-off.v1', data: { ...data, commandId: booked.commandId } };
}
