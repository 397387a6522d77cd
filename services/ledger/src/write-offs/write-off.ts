import { businessDate, ineligible, positiveAmount, uuid } from '@recoup/contracts';
import { againstRule, recordAudit, row, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import {
  lockAccount,
  lockAccountOfBillLine,
  lockAccountOfInvoice,
  requireNotFuture,
  type LockedAccount,
} from '../accounts/lock-account.js';
import { allocateOldestFirst, linesMax, type Allocation } from '../postings/allocation.js';
import { amountMax } from '../postings/amount-max.js';
import { bookingData } from '../postings/booking-data.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { openLines } from '../postings/open-lines.js';
import { later } from '../postings/posting.js';
import { selfSides } from '../postings/posting-rules.js';
import { readTransaction, type TransactionView } from '../transactions/transaction-view.js';

/** What is to be written off: an account, an invoice or a bill line; without an amount all that is open of it. */
export const newWriteOff = z
  .strictObject({
    accountId: uuid.optional(),
    invoiceId: uuid.optional(),
    billLineId: uuid.optional(),
    amount: positiveAmount.max(amountMax).optional(),
    transactionTypeCode: z.string().max(40).default('coupon'),
    effectiveDate: businessDate.optional(),
    reason: z.string().max(500).optional(),
  })
  .refine(({ accountId, invoiceId, billLineId }) => [accountId, invoiceId, billLineId].filter(Boolean).length === 1, {
    message: 'Name exactly one of accountId, invoiceId and billLineId',
    path: ['accountId'],
  });
export type NewWriteOff = z.infer<typeof newWriteOff>;

/**
 * Writes off what is open of an account, an invoice or a bill line, oldest due first, never more than is open (LED-40).
 * @throws DomainError 404, 422 `closed`, `unknown-transaction-type`, `future-date`, `nothing-open`, `write-off-above-open`
 */
export async function writeOff(tx: Db, clock: Clock, actor: Actor, given: NewWriteOff): Promise<TransactionView> {
  const account = await lockTarget(tx, clock, actor, given);
  const reason = ineligible('write-off', account.status);
  if (reason !== null) throw againstRule(reason, `The account is ${reason}; nothing of it is written off.`);
  await requireWriteOffType(tx, given.transactionTypeCode);
  const effectiveDate = given.effectiveDate ?? account.today;
  requireNotFuture(effectiveDate, account.today, 'effectiveDate');
  const parts = await partsOf(tx, account, given);
  const booked = await book(tx, clock, actor, account, given, effectiveDate, parts);
  await publishAccountEvents(tx, [
    { type: 'recoup.ledger.written-off.v1', data: { ...bookingData(booked), commandId: null } },
  ]);
  const audit = { actor: actor.user, action: 'write-off', entityType: 'transaction', entityId: booked.id };
  const { balance } = account;
  const after = { balance: balance - booked.amount, amount: booked.amount, transactionTypeCode: booked.typeCode };
  await recordAudit(tx, { ...audit, accountId: account.id, before: { balance }, after });
  return readTransaction(tx, booked.id, actor);
}

function lockTarget(
  tx: Db,
  clock: Clock,
  actor: Actor,
  { accountId, invoiceId, billLineId }: NewWriteOff,
): Promise<LockedAccount> {
  if (invoiceId !== undefined) return lockAccountOfInvoice(tx, clock, actor, invoiceId);
  if (billLineId !== undefined) return lockAccountOfBillLine(tx, clock, actor, billLineId);
  return lockAccount(tx, clock, actor, accountId ?? '');
}

async function requireWriteOffType(tx: Db, code: string): Promise<void> {
  const found = await row(
    tx,
    sql`SELECT 1 AS found FROM transaction_types WHERE code = ${code} AND kind = 'write-off' AND active`,
  );
  if (found) return;
  throw againstRule('unknown-transaction-type', `${code} is not an active write-off type.`, [
    { field: 'transactionTypeCode', message: 'is not an active write-off type', expected: 'coupon' },
  ]);
}

async function partsOf(
  tx: Db,
  account: LockedAccount,
  { invoiceId, billLineId, amount }: NewWriteOff,
): Promise<Allocation[]> {
  const lines = await openLines(tx, { accountId: account.id, invoiceId, billLineId });
  if (lines.length > linesMax)
    throw againstRule('too-many-lines', `More than ${linesMax} lines are open. Write off invoice by invoice.`);
  const open = lines.reduce((sum, line) => sum + line.open, 0);
  if (open === 0) throw againstRule('nothing-open', 'Nothing is open of it.');
  if (amount !== undefined && amount > open)
    throw againstRule('write-off-above-open', `${amount} is more than is open, ${open}.`, [
      { field: 'amount', message: 'is more than is open', expected: `at most ${open}` },
    ]);
  return allocateOldestFirst(amount ?? open, lines).parts;
}

async function book(
  tx: Db,
  clock: Clock,
  actor: Actor,
  { id: accountId, officeId, currency }: LockedAccount,
  given: NewWriteOff,
  effectiveDate: string,
  parts: readonly Allocation[],
): Promise<NewTransaction> {
  const { transactionTypeCode: typeCode, invoiceId = null, billLineId = null, reason = null } = given;
  const booked: NewTransaction = {
    ...plainTransaction,
    id: await newId(tx),
    typeCode,
    kind: 'write-off',
    accountId,
    officeId,
    currency,
    invoiceId,
    billLineId,
    reason,
    effectiveDate,
    amount: parts.reduce((sum, part) => sum + part.amount, 0),
    recordedAt: clock.now(),
    actor: actor.user,
    postings: parts.map(({ line, amount }) => ({
      ...selfSides('write-off', typeCode),
      amount,
      effectiveDate: later(effectiveDate, line.invoiceDate),
      line: { invoiceId: line.invoiceId, billLineId: line.billLineId },
      sourceId: null,
    })),
  };
  await bookTransactions(tx, [booked]);
  return booked;
}
