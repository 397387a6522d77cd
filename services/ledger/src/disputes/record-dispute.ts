import { businessDate, positiveAmount, uuid } from '@recoup/contracts';
import { againstRule, row, run, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { lockAccountOfInvoice, requireNotFuture } from '../accounts/lock-account.js';
import { requireNotErased } from '../erasures/erased.js';
import { newId } from '../postings/book-transactions.js';
import { disputeReason, tellDispute, type DisputeView } from './dispute.js';

/** A dispute of an invoice; amount in minor units, all of the invoice unless told. */
export const newDispute = z.strictObject({
  invoiceId: uuid,
  reason: disputeReason,
  amount: positiveAmount.optional(),
  openedOn: businessDate.optional(),
});

/**
 * Records a dispute; of an erased account none, for its reason could name somebody (S28).
 * @throws DomainError 404, 409 `erased`, 422 `future-date`, `before-invoice`, `dispute-above-total`
 */
export async function recordDispute(
  tx: Db,
  clock: Clock,
  actor: Actor,
  given: z.infer<typeof newDispute>,
): Promise<DisputeView> {
  const account = await lockAccountOfInvoice(tx, clock, actor, given.invoiceId);
  requireNotErased(account);
  const openedOn = given.openedOn ?? account.today;
  requireNotFuture(openedOn, account.today, 'openedOn');
  const invoice = await row<{ total: number; invoiceDate: string }>(
    tx,
    sql`SELECT total, invoice_date AS "invoiceDate" FROM invoices WHERE id = ${given.invoiceId}`,
  );
  const { total, invoiceDate } = invoice ?? { total: 0, invoiceDate: openedOn };
  if (openedOn < invoiceDate)
    throw againstRule('before-invoice', `The invoice is of ${invoiceDate}; it can't be disputed before that.`, [
      { field: 'openedOn', message: 'is before the invoice', expected: `at least ${invoiceDate}` },
    ]);
  const amount = given.amount ?? total;
  if (amount > total)
    throw againstRule('dispute-above-total', `The invoice's total is ${total}; no more than that can be disputed.`, [
      { field: 'amount', message: 'is more than the invoice’s total', expected: `at most ${total}` },
    ]);
  const id = await newId(tx);
  await run(
    tx,
    sql`INSERT INTO disputes (id, account_id, invoice_id, reason, amount, opened_on)
        VALUES (${id}, ${account.id}, ${given.invoiceId}, ${given.reason}, ${amount}, ${openedOn})`,
  );
  return tellDispute(tx, actor, id, 'record-dispute');
}
