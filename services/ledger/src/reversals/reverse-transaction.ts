import { recordAudit, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccountOfTransaction } from '../accounts/lock-account.js';
import { bookingData } from '../postings/booking-data.js';
import { freeText } from '../transactions/free-text.js';
import { transactions, type TransactionView } from '../transactions/transaction-view.js';
import { takeBack } from './take-back.js';

export const reversalReason = z.strictObject({ reason: freeText(500).min(1) });

/**
 * Reverses a transaction by one that names it, effective today: nothing that was booked is changed (LED-1).
 * @throws DomainError 404, 409 `already-reversed`, `paid`, `referred`, `recalled`, `no-longer-open`, 422 `not-reversible`
 */
export async function reverseTransaction(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  { reason }: z.infer<typeof reversalReason>,
): Promise<TransactionView> {
  const account = await lockAccountOfTransaction(tx, clock, actor, id);
  const original = await transactions.one(tx, id, actor);
  const how = { as: 'reversal', effectiveDate: account.today, reason } as const;
  const booked = await takeBack(tx, clock, actor, account, original, how);
  const data = { ...bookingData(booked), reversesTransactionId: id, commandId: booked.commandId };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.transaction-reversed.v1', data }]);
  const audit = { actor: actor.user, action: 'reverse', entityType: 'transaction', entityId: booked.id };
  await recordAudit(tx, { ...audit, accountId: account.id, after: { reverses: id, amount: booked.amount } });
  return transactions.one(tx, booked.id, actor);
}
