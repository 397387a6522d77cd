import { businessDate, positiveAmount } from '@recoup/contracts';
import { againstRule, prepared, recordAudit, row, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { requireNotFuture, type LockedAccount } from '../accounts/lock-account.js';
import {
  lockTarget,
  namedField,
  namesOneTarget,
  nothingOpen,
  oneTarget,
  targetFields,
  tooManyLines,
} from '../accounts/lock-target.js';
import { requireEligible } from '../accounts/require-eligible.js';
import { allocateOldestFirst, linesMax, type Allocation } from '../postings/allocation.js';
import { amountMax } from '../postings/amount-max.js';
import { openLines } from '../postings/open-lines.js';
import { freeText } from '../transactions/free-text.js';
import { asBooked, type TransactionView } from '../transactions/transaction-view.js';
import { bookClosing, closingEvent, type ClosingKind } from './book-closing.js';

/** What is to be closed: an account, an invoice or a bill line; without an amount all that is open of it. */
export function closingRequest(defaultTypeCode: string) {
  return z
    .strictObject({
      ...targetFields,
      amount: positiveAmount.max(amountMax).optional(),
      transactionTypeCode: z.string().max(40).default(defaultTypeCode),
      effectiveDate: businessDate.optional(),
      reason: freeText(500).optional(),
    })
    .refine(namesOneTarget, oneTarget);
}
export type ClosingRequest = z.infer<ReturnType<typeof closingRequest>>;

/**
 * Closes what is open on the account itself of an account, an invoice or a bill line, oldest due first, never more than
 * is open (LED-32, LED-40).
 * @throws DomainError 404, 422 `closed`, `unknown-transaction-type`, `future-date`, `before-invoice`, `nothing-open`,
 * `too-many-lines`, `write-off-above-open`, `adjustment-above-open`
 */
export async function closeLines(
  tx: Db,
  clock: Clock,
  actor: Actor,
  kind: ClosingKind,
  given: ClosingRequest,
): Promise<TransactionView> {
  const account = await lockTarget(tx, clock, actor, given);
  requireEligible('write-off', account, 'nothing of it is written off or adjusted', namedField(given));
  const { transactionTypeCode: typeCode, invoiceId = null, billLineId = null, reason = null } = given;
  await requireClosingType(tx, kind, typeCode);
  const effectiveDate = given.effectiveDate ?? account.today;
  requireNotFuture(effectiveDate, account.today, 'effectiveDate');
  const parts = await partsOf(tx, account, kind, given, effectiveDate);
  const closing = { kind, typeCode, effectiveDate, parts, invoiceId, billLineId, reason, paymentId: null };
  const booked = await bookClosing(tx, clock, actor, account, closing);
  await publishAccountEvents(tx, [closingEvent(booked)]);
  const audit = { actor: actor.user, action: kind, entityType: 'transaction', entityId: booked.id };
  const { balance } = account;
  const after = { balance: balance - booked.amount, amount: booked.amount, transactionTypeCode: typeCode };
  await recordAudit(tx, { ...audit, accountId: account.id, before: { balance }, after });
  return asBooked(booked, account);
}

/**
 * Refuses a transaction type that doesn't close receivables in this way, or is no longer in use. The type is held until the
 * transaction ends, as its booking would do anyway: meanwhile nobody removes it.
 * @throws DomainError 422 `unknown-transaction-type`
 */
export async function requireClosingType(tx: Db, kind: ClosingKind, code: string): Promise<void> {
  const found = await row(
    tx,
    prepared`SELECT 1 AS found FROM transaction_types WHERE code = ${code} AND kind = ${kind} AND active FOR KEY SHARE`,
  );
  if (found) return;
  const expected = `a code of GET transaction-types of kind ${kind} in use`;
  throw againstRule('unknown-transaction-type', `${code} is not a type of ${kind} in use.`, [
    { field: 'transactionTypeCode', message: `is not a type of ${kind} in use`, expected },
  ]);
}

async function partsOf(
  tx: Db,
  account: LockedAccount,
  kind: ClosingKind,
  given: ClosingRequest,
  effectiveDate: string,
): Promise<Allocation[]> {
  const { invoiceId, billLineId, amount } = given;
  const field = namedField(given);
  const lines = await openLines(tx, { accountId: account.id, invoiceId, billLineId });
  if (lines.length > linesMax) throw tooManyLines(linesMax, field);
  const open = lines.reduce((sum, line) => sum + line.open, 0);
  if (open === 0) throw nothingOpen('on the account itself', field);
  if (amount !== undefined && amount > open)
    throw againstRule(`${kind}-above-open`, `${amount} is more than is open, ${open}.`, [
      { field: 'amount', message: 'is more than is open', expected: `at most ${open}` },
    ]);
  const invoiceDate = lines[0]?.invoiceDate ?? effectiveDate;
  if (effectiveDate < invoiceDate && (invoiceId !== undefined || billLineId !== undefined))
    throw againstRule('before-invoice', `The invoice is of ${invoiceDate}; nothing of it is closed before that.`, [
      { field: 'effectiveDate', message: 'is before the invoice', expected: `at least ${invoiceDate}` },
    ]);
  return allocateOldestFirst(amount ?? open, lines).parts;
}
