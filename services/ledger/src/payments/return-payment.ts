import { businessDate } from '@recoup/contracts';
import { againstRule, recordAudit, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccountOfTransaction, requireNotFuture } from '../accounts/lock-account.js';
import { bookingData } from '../postings/booking-data.js';
import { takeBack } from '../reversals/take-back.js';
import { readTransaction, type TransactionView } from '../transactions/transaction-view.js';

export const paymentReturn = z.strictObject({ effectiveDate: businessDate, reason: z.string().max(500).optional() });

/**
 * Books that the bank returned a payment: whatever it paid is open again from the day of the return on, credit of it that
 * later invoices took included, which opens them again on their own day when that is later (LED-31; `rulings`, 6).
 * @throws DomainError 404, 409 `already-reversed`, 422 `future-date`, `before-payment`
 */
export async function returnPayment(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  { effectiveDate, reason }: z.infer<typeof paymentReturn>,
): Promise<TransactionView> {
  const account = await lockAccountOfTransaction(tx, clock, actor, id);
  const payment = await readTransaction(tx, id, actor, 'payment');
  requireNotFuture(effectiveDate, account.today, 'effectiveDate');
  if (effectiveDate < payment.effectiveDate)
    throw againstRule(
      'before-payment',
      `The payment is of ${payment.effectiveDate}; it can't be returned before that.`,
      [{ field: 'effectiveDate', message: 'is before the payment', expected: `at least ${payment.effectiveDate}` }],
    );
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
  return readTransaction(tx, booked.id, actor);
}
