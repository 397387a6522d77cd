import { recordAudit, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import { lockAccount, requireCurrency, requireNotFuture, type LockedAccount } from '../accounts/lock-account.js';
import { requirePayer, type PayerView } from '../payers/payer.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { withOpenSince } from '../postings/open-since.js';
import { bookingData } from '../postings/booking-data.js';
import { transactions, type TransactionView } from '../transactions/transaction-view.js';
import { closingEvent } from '../write-offs/book-closing.js';
import { allocatePayment } from './allocate-payment.js';
import { requireWhole } from './payer-payment.js';
import { paymentPostings } from './payment-postings.js';
import type { NewPayment } from './payment-request.js';
import { bookPaymentWriteOffs } from './payment-write-offs.js';

/**
 * Records a payment: of the account to the invoices or lines named, else oldest due first, to what is open now; the rest
 * stays as credit (LED-30; `rulings`, 6). Of an insurer or an agency to what is queued to it, as a whole.
 * @throws DomainError 404, 422 as `bookPayment`
 */
export async function recordPayment(tx: Db, clock: Clock, actor: Actor, given: NewPayment): Promise<TransactionView> {
  const account = await lockAccount(tx, clock, actor, given.accountId);
  const { payment, writeOffs, events } = await bookPayment(tx, clock, actor, account, given);
  await publishAccountEvents(tx, events);
  const { amount, currency, effectiveDate } = payment;
  const of = given.payerCode === undefined ? {} : { payerCode: given.payerCode };
  const audit = { actor: actor.user, action: 'record-payment', entityType: 'transaction', entityId: payment.id };
  await recordAudit(tx, { ...audit, accountId: account.id, after: { amount, currency, effectiveDate, ...of } });
  for (const { id, amount: closed, typeCode } of writeOffs) {
    const after = { amount: closed, transactionTypeCode: typeCode, paymentId: payment.id };
    await recordAudit(tx, { ...audit, action: 'write-off', entityId: id, accountId: account.id, after });
  }
  return transactions.one(tx, payment.id, actor);
}

/** A payment with what its window wrote off, before the events are published. */
export interface BookedPayment {
  readonly payment: NewTransaction;
  readonly writeOffs: readonly NewTransaction[];
  readonly events: readonly AccountEvent[];
}

/**
 * Books a payment on a locked account, then what its window writes off.
 * @throws DomainError 422 `currency`, `future-date`, `unknown-payer`, `above-outstanding` and as `allocatePayment`,
 * `requireWhole`, `bookPaymentWriteOffs`
 */
export async function bookPayment(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  given: NewPayment,
): Promise<BookedPayment> {
  requireCurrency(given.currency, account.currency);
  requireNotFuture(given.effectiveDate, account.today, 'effectiveDate');
  const payer = await otherPayer(tx, given.payerCode);
  const { amount, effectiveDate } = given;
  const parts = await allocatePayment(tx, given, payer?.id);
  if (payer) await requireWhole(tx, payer, given, parts);
  const allocations = await withOpenSince(tx, account, effectiveDate, parts);
  const id = await newId(tx);
  const payment: NewTransaction = {
    ...plainTransaction(),
    id,
    typeCode: 'payment',
    kind: 'payment',
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    amount,
    effectiveDate,
    recordedAt: clock.now(),
    actor: actor.user,
    reference: given.reference ?? null,
    payerId: payer?.id ?? null,
    postings: paymentPostings({ id, amount, effectiveDate }, allocations, payer?.type),
  };
  await bookTransactions(tx, [payment]);
  const writeOffs = await bookPaymentWriteOffs(tx, clock, actor, account, payment, given.writeOffs ?? []);
  return { payment, writeOffs, events: [receivedEvent(payment, payer), ...writeOffs.map(closingEvent)] };
}

/** The payer who pays in place of the account; Self is the account. */
async function otherPayer(tx: Db, payerCode: string | undefined): Promise<PayerView | null> {
  if (payerCode === undefined) return null;
  const payer = await requirePayer(tx, payerCode);
  return payer.type === 'self' ? null : payer;
}

/** The reference that people wrote stays in the ledger: it may name somebody, and the topic is kept for ever (S17). */
export function receivedEvent(payment: NewTransaction, payer: Pick<PayerView, 'code' | 'type'> | null): AccountEvent {
  const source = payer ? { payerCode: payer.code, payerType: payer.type } : {};
  const data = { ...bookingData(payment), reference: null, ...source };
  return { type: 'recoup.ledger.payment-received.v1', data };
}
