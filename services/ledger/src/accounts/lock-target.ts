import { uuid } from '@recoup/contracts';
import { againstRule, type Actor, type Clock, type Db } from '@recoup/service-kit';
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

/** By which field a request names its target. */
export function namedField({ invoiceId, billLineId }: GivenTarget): 'accountId' | 'invoiceId' | 'billLineId' {
  if (invoiceId !== undefined) return 'invoiceId';
  return billLineId === undefined ? 'accountId' : 'billLineId';
}

/** The refusal of a target of which nothing is open; `where` is with whom. */
export function nothingOpen(where: string, field: string): Error {
  return againstRule('nothing-open', `Nothing is open of it ${where}.`, [
    { field, message: `has nothing open ${where}`, expected: 'an account, an invoice or a bill line that is owed' },
  ]);
}

/** The refusal of a target with more open lines than one transaction may touch. */
export function tooManyLines(linesMax: number, field: string): Error {
  return againstRule('too-many-lines', `More than ${linesMax} lines are open. Go invoice by invoice.`, [
    { field, message: `has more than ${linesMax} open lines`, expected: 'an invoice or a bill line of it' },
  ]);
}

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
