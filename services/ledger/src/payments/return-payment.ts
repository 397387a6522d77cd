import { businessDate, positiveAmount } from '@recoup/contracts';
import { againstRule, recordAudit, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccountOfTransaction, requireNotFuture } from '../accounts/lock-account.js';
import type { InvoiceView } from '../invoices/invoice-view.js';
import { amountMax } from '../postings/amount-max.js';
import { bookingData } from '../postings/booking-data.js';
import { takeBack } from '../reversals/take-back.js';
import { freeText } from '../transactions/free-text.js';
import { payments, transactions, type TransactionView } from '../transactions/transaction-view.js';
import { chargeNsfFee, requireFeeAllowed } from './nsf-fee.js';

/** A return by the bank; with `nsfFee` the account is charged for it, amount in minor units of its currency. */
export const paymentReturn = z.strictObject({
  effectiveDate: businessDate,
  reason: freeText(500).optional(),
  nsfFee: z
    .strictObject({
      amount: positiveAmount.max(amountMax),
      serviceTypeCode: z.string().min(1).max(40).default('nsf-fee'),
    })
    .optional(),
});

/** The transaction of the return, with the invoice of the fee that it cost. */
export interface ReturnedPayment extends TransactionView {
  readonly nsfFee: InvoiceView | null;
}

/**
 * Books that the bank returned a payment: whatever it paid is open again from the day of the return on, credit of it that
 * later invoices took included, which opens them again on their own day when that is later (LED-31; `rulings`, 6). A fee
 * is a new invoice of today, in the same transaction.
 * @throws DomainError 404, 409 `already-reversed`, 422 `future-date`, `before-payment`, `not-own-payment`, `frozen`, `closed`,
 * `unknown-service-type`, `not-a-fee`
 */
export async function returnPayment(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  { effectiveDate, reason, nsfFee }: z.infer<typeof paymentReturn>,
): Promise<ReturnedPayment> {
  const account = await lockAccountOfTransaction(tx, clock, actor, id);
  const payment = await payments.one(tx, id, actor);
  requireNotFuture(effectiveDate, account.today, 'effectiveDate');
  if (effectiveDate < payment.effectiveDate)
    throw againstRule(
      'before-payment',
      `The payment is of ${payment.effectiveDate}; it can't be returned before that.`,
      [{ field: 'effectiveDate', message: 'is before the payment', expected: `at least ${payment.effectiveDate}` }],
    );
  if (nsfFee) await requireFeeAllowed(tx, account, payment, nsfFee.serviceTypeCode);
  const how = { as: 'returned-payment', effectiveDate, reason: reason ?? null } as const;
  const booked = await takeBack(tx, clock, actor, account, payment, how);
  const data = { ...bookingData(booked), returnsTransactionId: id };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.payment-returned.v1', data }]);
  const audit = { actor: actor.user, action: 'return-payment', entityType: 'transaction', entityId: booked.id };
  await recordAudit(tx, {
    ...audit,
    accountId: account.id,
    after: { returns: id, amount: booked.amount, effectiveDate },
  });
  const fee = nsfFee ? await chargeNsfFee(tx, clock, actor, payment, nsfFee, account.today) : null;
  return { ...(await transactions.one(tx, booked.id, actor)), nsfFee: fee };
}
