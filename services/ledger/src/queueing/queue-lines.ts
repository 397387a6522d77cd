import { businessDate, uuid } from '@recoup/contracts';
import { recordAudit, run, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import { lockAccountOfBillLine, type LockedAccount } from '../accounts/lock-account.js';
import { readBillLines, type BillLineView } from '../invoices/bill-line-view.js';
import { requirePayer, type PayerView } from '../payers/payer.js';
import { bookTransactions, handOut, newIds, type NewTransaction } from '../postings/book-transactions.js';
import { readTransactions, type TransactionView } from '../transactions/transaction-view.js';
import { unreferred, type QueueableLine, type Unreferred } from './queueable-lines.sql.js';
import { queueingTransaction, referralTransaction, type QueueingContext } from './queueing-transactions.js';
import { planQueueing } from './queueing-parts.js';
import { nothingToQueue, requireLines, requireResponsibilityDate, requireResponsible } from './require-queueable.js';

/** Most lines of one queueing, referral or recall: each moves two bill lines, and an event tells at most a thousand moves. */
export const queuedLinesMax = 500;

/** To whom a bill line is queued; it is responsible from today on unless told. */
export const newQueueing = z.strictObject({
  payerCode: z.string().min(1).max(40),
  responsibilityDate: businessDate.optional(),
});

/** Several bill lines of one account that are queued together. */
export const newQueueings = newQueueing.extend({ billLineIds: z.array(uuid).min(1).max(queuedLinesMax) });
export type NewQueueings = z.infer<typeof newQueueings>;

/** What was booked, and the bill lines of who is responsible now. `id` is that of the first transaction. */
export interface QueueingView {
  readonly id: string;
  readonly transactions: readonly TransactionView[];
  readonly billLines: readonly BillLineView[];
}

/**
 * Queues bill lines of one account to a payer. All that is open of each moves to a new bill line of that payer, or back to
 * the line of Self (LED-23); what a custom write-off closed is referred when the payer is an agency's (LED-41).
 * @throws DomainError 404, 422 `unknown-payer` and as `bookQueueing`
 */
export async function queueLines(tx: Db, clock: Clock, actor: Actor, given: NewQueueings): Promise<QueueingView> {
  const account = await lockAccountOfBillLine(tx, clock, actor, given.billLineIds[0] ?? '');
  const payer = await requirePayer(tx, given.payerCode);
  const booked = await bookQueueing(tx, clock, actor, account, payer, given);
  await publishAccountEvents(tx, booked.events);
  for (const { id, kind, amount, typeCode } of booked.transactions) {
    const audit = { actor: actor.user, action: kind === 'referral' ? 'queue-to-agency' : 'queue-lines', entityId: id };
    const after = { payerCode: payer.code, amount, transactionTypeCode: typeCode };
    await recordAudit(tx, { ...audit, entityType: 'transaction', accountId: account.id, after });
  }
  const ids = booked.transactions.map(({ id }) => id);
  const transactions = await readTransactions(tx, ids);
  return { id: ids[0] ?? '', transactions, billLines: await readBillLines(tx, booked.billLineIds) };
}

/** What queueing booked, before its events are published. */
export interface BookedQueueing {
  readonly transactions: readonly NewTransaction[];
  readonly events: readonly AccountEvent[];
  /** The bill lines of who is responsible now. */
  readonly billLineIds: readonly string[];
}

/**
 * Books the queueing of bill lines of a locked account, effective today. Who just wrote off what is to be referred says so;
 * else it is all that stands written off and not referred.
 * @throws DomainError 404, 422 `frozen`, `closed`, `payer-not-in-use`, `payer-not-assigned`, `same-payer`, `referred`,
 * `nothing-open`, `before-invoice`, `future-date`, `repeated-line`
 */
export async function bookQueueing(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  payer: PayerView,
  { billLineIds, responsibilityDate = account.today }: Omit<NewQueueings, 'payerCode'>,
  justClosed?: readonly Unreferred[],
): Promise<BookedQueueing> {
  await requireResponsible(tx, account, payer);
  const lines = await requireLines(tx, account.id, payer, billLineIds);
  requireResponsibilityDate(responsibilityDate, account.today, lines);
  const closed = payer.type === 'generic' ? (justClosed ?? (await unreferredOf(tx, account, lines))) : [];
  const plan = planQueueing(lines, closed, payer.type === 'generic');
  if (plan.empty.length > 0) throw nothingToQueue(billLineIds, plan.empty);
  const context: QueueingContext = { account, payer, responsibilityDate, recordedAt: clock.now(), actor: actor.user };
  const count = plan.queued.length + plan.referrals.reduce((sum, { parts }) => sum + parts.length + 1, 1);
  const nextId = handOut(await newIds(tx, count));
  const transactions = [
    ...plan.referrals.map((referral) => referralTransaction(context, referral, nextId)),
    ...(plan.queued.length > 0 ? [queueingTransaction(context, plan.queued, nextId)] : []),
  ];
  await bookTransactions(
    tx,
    transactions.map(({ booked }) => booked),
  );
  if (payer.type === 'self')
    await run(
      tx,
      sql`UPDATE bill_lines SET responsibility_date = ${responsibilityDate}::date
          WHERE id = ANY(${lines.map(({ selfLineId }) => selfLineId)}::uuid[])`,
    );
  return {
    transactions: transactions.map(({ booked }) => booked),
    events: transactions.map(({ event }) => event),
    billLineIds: transactions.flatMap(({ event }) => event.data.lines.map(({ billLineId }) => billLineId)),
  };
}

function unreferredOf(tx: Db, { id }: LockedAccount, lines: readonly QueueableLine[]): Promise<Unreferred[]> {
  const ofSelf = lines.filter(({ openedAs }) => openedAs === null);
  return unreferred(
    tx,
    id,
    ofSelf.map(({ billLineId }) => billLineId),
  );
}
