import { uuid } from '@recoup/contracts';
import type { Actor, Clock, Db } from '@recoup/service-kit';
import { lockAccount, lockAccountOfBillLine, lockAccountOfInvoice, type LockedAccount } from './lock-account.js';

/** What a request aims at: a whole account, an invoice of it, or a bill line. */
export const targetFields = { accountId: uuid.optional(), invoiceId: uuid.optional(), billLineId: uuid.optional() };

/** A target as it was given; exactly one of the three is named. */
export interface GivenTarget {
  readonly accountId?: string | undefined;
  readonly invoiceId?: string | undefined;
  readonly billLineId?: string | undefined;
}

export function namesOneTarget({ accountId, invoiceId, billLineId }: GivenTarget): boolean {
  return [accountId, invoiceId, billLineId].filter(Boolean).length === 1;
}

/** What a request is told that names none, or several. */
export const oneTarget = { message: 'Name exactly one of accountId, invoiceId and billLineId', path: ['accountId'] };

/**
 * Locks the account that a target belongs to.
 * @throws DomainError 404
 */
export function lockTarget(
  tx: Db,
  clock: Clock,
  actor: Actor,
  { accountId, invoiceId, billLineId }: GivenTarget,
): Promise<LockedAccount> {
  if (invoiceId !== undefined) return lockAccountOfInvoice(tx, clock, actor, invoiceId);
  if (billLineId !== undefined) return lockAccountOfBillLine(tx, clock, actor, billLineId);
  return lockAccount(tx, clock, actor, accountId ?? '');
}
