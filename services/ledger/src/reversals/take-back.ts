import { againstRule, row, sql, wrongState, type Actor, type Clock, type Db } from '@recoup/service-kit';
import type { LockedAccount } from '../accounts/lock-account.js';
import { linesMax } from '../postings/allocation.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { irreversible } from '../postings/posting-rules.js';
import type { TransactionView } from '../transactions/transaction-view.js';
import { mirrorPostings } from './mirror-postings.js';

/** How a transaction is taken back. */
export interface TakingBack {
  readonly as: 'reversal' | 'returned-payment';
  readonly effectiveDate: string;
  readonly reason: string | null;
}

/**
 * Books the transaction that takes back another of a locked account and names it; it can be done once.
 * @throws DomainError 422 `not-reversible`, `too-many-lines`, 409 `already-reversed`
 */
export async function takeBack(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  original: TransactionView,
  { as, effectiveDate, reason }: TakingBack,
): Promise<NewTransaction> {
  const refusal = irreversible(original.kind);
  if (refusal !== null) throw againstRule('not-reversible', refusal);
  await requireNotTakenBack(tx, original);
  const postings = await mirrorPostings(tx, original, effectiveDate);
  if (postings.length > linesMax)
    throw againstRule(
      'too-many-lines',
      `The transaction moved more than ${linesMax} lines; that is more than one reversal can book.`,
    );
  const booked: NewTransaction = {
    ...plainTransaction,
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
    postings,
  };
  await bookTransactions(tx, [booked]);
  return booked;
}

/** An application of credit is taken back also when the payment behind it is. */
async function requireNotTakenBack(tx: Db, { id, reversedById }: TransactionView): Promise<void> {
  const taken = reversedById ?? (await sourceTakenBack(tx, id));
  if (taken !== null)
    throw wrongState('already-reversed', 'The transaction, or the payment behind it, was already taken back.', {
      reversedById: taken,
    });
}

async function sourceTakenBack(tx: Db, id: string): Promise<string | null> {
  const found = await row<{ id: string }>(
    tx,
    sql`SELECT r.id FROM postings p JOIN transactions r ON r.reverses_id = p.source_transaction_id
        WHERE p.transaction_id = ${id} LIMIT 1`,
  );
  return found?.id ?? null;
}
