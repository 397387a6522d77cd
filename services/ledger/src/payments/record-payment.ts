import { amount, businessDate, currencyCode, positiveAmount, uuid } from '@recoup/contracts';
import { againstRule, recordAudit, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { lockAccount, requireCurrency, requireNotFuture } from '../accounts/lock-account.js';
import { publishAccountEvents } from '../accounts/account-events.js';
import { allocateOldestFirst, linesMax, type Allocation } from '../postings/allocation.js';
import { bookingData } from '../postings/booking-data.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { openLines } from '../postings/open-lines.js';
import { amountMax } from '../postings/amount-max.js';
import { readTransaction, type TransactionView } from '../transactions/transaction-view.js';
import { paymentPostings } from './payment-postings.js';

/** A payment: amount in minor units, 0 allowed; without allocations it goes to what is oldest due (LED-30). */
export const newPayment = z.strictObject({
  accountId: uuid,
  amount: amount.max(amountMax),
  currency: currencyCode,
  effectiveDate: businessDate,
  reference: z.string().max(200).optional(),
  allocations: z
    .array(z.strictObject({ invoiceId: uuid, amount: positiveAmount.max(amountMax) }))
    .max(linesMax)
    .optional(),
});
export type NewPayment = z.infer<typeof newPayment>;

/**
 * Records a payment of an account: it goes to the invoices named, else oldest due first, to what is open now; the rest
 * stays as credit (LED-30; `rulings`, 6).
 * @throws DomainError 404, 422 `currency`, `future-date`, `allocation-above-payment`, `allocation-above-open`
 */
export async function recordPayment(tx: Db, clock: Clock, actor: Actor, given: NewPayment): Promise<TransactionView> {
  const account = await lockAccount(tx, clock, actor, given.accountId);
  requireCurrency(given.currency, account.currency);
  requireNotFuture(given.effectiveDate, account.today, 'effectiveDate');
  const allocations = given.allocations
    ? await allocateByHand(tx, given.accountId, given.amount, given.allocations)
    : allocateOldestFirst(given.amount, (await openLines(tx, given)).slice(0, linesMax)).parts;
  const id = await newId(tx);
  const booked: NewTransaction = {
    ...plainTransaction,
    id,
    typeCode: 'payment',
    kind: 'payment',
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    amount: given.amount,
    effectiveDate: given.effectiveDate,
    recordedAt: clock.now(),
    actor: actor.user,
    reference: given.reference ?? null,
    postings: paymentPostings({ id, amount: given.amount, effectiveDate: given.effectiveDate }, allocations),
  };
  await bookTransactions(tx, [booked]);
  // The reference that people wrote stays in the ledger: it may name somebody, and the topic is kept for ever (S17).
  const data = { ...bookingData(booked), reference: null };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.payment-received.v1', data }]);
  const after = { amount: given.amount, currency: account.currency, effectiveDate: given.effectiveDate };
  const audit = { actor: actor.user, action: 'record-payment', entityType: 'transaction', entityId: id };
  await recordAudit(tx, { ...audit, accountId: account.id, after });
  return readTransaction(tx, id, actor);
}

async function allocateByHand(
  tx: Db,
  accountId: string,
  paid: number,
  wanted: NonNullable<NewPayment['allocations']>,
): Promise<Allocation[]> {
  const sum = wanted.reduce((total, each) => total + each.amount, 0);
  if (sum > paid)
    throw refused(
      'allocation-above-payment',
      'allocations',
      `${sum} is allocated of a payment of ${paid}`,
      `at most ${paid} in all`,
    );
  if (new Set(wanted.map(({ invoiceId }) => invoiceId)).size < wanted.length)
    throw refused('repeated-invoice', 'allocations', 'an invoice is named twice', 'each invoice once');
  const parts: Allocation[] = [];
  for (const [index, { invoiceId, amount: part }] of wanted.entries()) {
    const allocated = allocateOldestFirst(part, await openLines(tx, { accountId, invoiceId }));
    if (allocated.left > 0)
      throw refused(
        'allocation-above-open',
        `allocations.${index}.amount`,
        'is more than the account owes on that invoice',
        `at most ${part - allocated.left}`,
      );
    parts.push(...allocated.parts);
  }
  if (parts.length > linesMax)
    throw refused('too-many-lines', 'allocations', `touches more than ${linesMax} lines`, 'fewer invoices a payment');
  return parts;
}

function refused(code: string, field: string, message: string, expected: string): Error {
  return againstRule(code, `The payment can not be allocated so: ${message}.`, [{ field, message, expected }]);
}
