import { againstRule, type Actor, type Clock, type Db } from '@recoup/service-kit';
import type { LockedAccount } from '../accounts/lock-account.js';
import { linesMax } from '../postings/allocation.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { movementsOf } from '../postings/posting.js';
import type { TransactionView } from '../transactions/transaction-view.js';
import { mirrorPostings, postingsMax } from './mirror-postings.js';
import { requireReversible, requireRoom } from './require-reversible.js';

/** How a transaction is taken back. */
export interface TakingBack {
  readonly as: 'reversal' | 'returned-payment';
  readonly effectiveDate: string;
  readonly reason: string | null;
}

/**
 * Books the transaction that takes back another of a locked account and names it; it can be done once. The payer whose
 * money or debt it was stays named (LED-31).
 * @throws DomainError 422 `not-reversible`, `too-many-lines`, 409 `already-reversed`, `paid`, `referred`, `recalled`, `no-longer-open`
 */
export async function takeBack(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  original: TransactionView,
  { as, effectiveDate, reason }: TakingBack,
): Promise<NewTransaction> {
  await requireReversible(tx, original);
  const postings = await mirrorPostings(tx, original, effectiveDate);
  if (postings.length > postingsMax || movementsOf(postings).length > linesMax)
    throw againstRule(
      'too-many-lines',
      `The transaction moved more than ${linesMax} lines; that is more than one reversal can book.`,
      [
        {
          field: 'id',
          message: `moved more than ${linesMax} lines`,
          expected: 'write off or adjust line by line instead',
        },
      ],
    );
  await requireRoom(tx, postings);
  const booked: NewTransaction = {
    ...plainTransaction(),
    id: await newId(tx),
    typeCode: as,
    kind: as,
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    amount: original.amount,
    effectiveDate,
    recordedAt: clock.now(),
    actor: actor.user,
    reason,
    reversesId: original.id,
    payerId: original.payerId,
    postings,
  };
  await bookTransactions(tx, [booked]);
  return booked;
}
