import { againstRule, recordAudit, row, sql, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { assignIfLacking } from '../account-payers/assign-payer.js';
import { publishAccountEvents } from '../accounts/account-events.js';
import type { LockedAccount } from '../accounts/lock-account.js';
import {
  lockTarget,
  namedField,
  namesOneTarget,
  nothingOpen,
  oneTarget,
  targetFields,
  tooManyLines,
  type GivenTarget,
} from '../accounts/lock-target.js';
import { requireEligible } from '../accounts/require-eligible.js';
import { bookPayerInvoice } from '../payer-invoices/issue-payer-invoice.js';
import { requireAgency, requireInUse, requirePayer, type PayerView } from '../payers/payer.js';
import { bookPayment, type BookedPayment } from '../payments/record-payment.js';
import type { OpenLine } from '../postings/allocation.js';
import { openLines } from '../postings/open-lines.js';
import { bookQueueing, queuedLinesMax, type BookedQueueing } from '../queueing/queue-lines.js';
import { freeText } from '../transactions/free-text.js';

/** What is referred to an agency: all that is open of an account, an invoice or a bill line, under a custom write-off. */
export const newAgencyReferral = z
  .strictObject({
    ...targetFields,
    payerCode: z.string().min(1).max(40),
    transactionTypeCode: z.string().min(1).max(40),
    reference: freeText(200).optional(),
  })
  .refine(namesOneTarget, oneTarget);
export type NewAgencyReferral = z.infer<typeof newAgencyReferral>;

/** A referral with what it booked; `id` is that of the referral's transaction, amount in minor units. */
export interface AgencyReferralView {
  readonly id: string;
  readonly accountId: string;
  readonly payerCode: string;
  readonly transactionTypeCode: string;
  readonly amount: number;
  readonly currency: string;
  readonly effectiveDate: string;
  readonly paymentId: string;
  readonly writeOffId: string;
  readonly payerInvoiceId: string;
  readonly payerInvoiceNumber: string;
  readonly billLineIds: readonly string[];
}

/**
 * Refers what an account owes to an agency in one go (LED-41), booking what the steps of Procentive's article book one by
 * one, by the same functions: the payer is assigned if it is lacking, a payment of 0.00 with a custom write-off of the full
 * balance, the amount queued to the agency's payer, the payer's invoice.
 * @throws DomainError 404, 422 `frozen`, `closed`, `unknown-payer`, `not-an-agency`, `payer-not-in-use`,
 * `unknown-transaction-type`, `nothing-open`, `too-many-lines`, `policy-id-missing`, `group-number-missing`
 */
export async function referToAgency(
  tx: Db,
  clock: Clock,
  actor: Actor,
  given: NewAgencyReferral,
): Promise<AgencyReferralView> {
  const account = await lockTarget(tx, clock, actor, given);
  requireEligible('refer', account, 'nothing of it is referred', namedField(given));
  const payer = await requirePayer(tx, given.payerCode);
  requireAgency(payer);
  requireInUse(payer);
  await requireCustomWriteOff(tx, given.transactionTypeCode);
  const lines = await linesOf(tx, account, given);
  const assigned = await assignIfLacking(tx, account.id, payer);
  const paid = await bookPayment(tx, clock, actor, account, windowOf(account, given, lines));
  const queued = await referClosed(tx, clock, actor, account, payer, paid, lines);
  const invoice = await bookPayerInvoice(tx, clock, actor, account, payer, { billLineIds: [...queued.billLineIds] });
  await publishAccountEvents(tx, [...assigned, ...paid.events, ...queued.events, invoice.event]);
  const view = viewOf(account, payer, given.transactionTypeCode, { paid, queued });
  const audit = { actor: actor.user, action: 'refer-to-agency', entityType: 'transaction', entityId: view.id };
  const { balance } = account;
  const { number } = invoice.event.data;
  const after = { balance: balance - view.amount, amount: view.amount, payerCode: payer.code, payerInvoice: number };
  await recordAudit(tx, { ...audit, accountId: account.id, before: { balance }, after });
  return { ...view, payerInvoiceId: invoice.id, payerInvoiceNumber: number };
}

async function linesOf(tx: Db, account: LockedAccount, given: GivenTarget): Promise<OpenLine[]> {
  const { invoiceId, billLineId } = given;
  const lines = await openLines(tx, { accountId: account.id, invoiceId, billLineId });
  if (lines.length === 0) throw nothingOpen('on the account itself', namedField(given));
  if (lines.length > queuedLinesMax) throw tooManyLines(queuedLinesMax, namedField(given));
  return lines;
}

/** Queues to the agency what the payment's window wrote off, and only that: what was written off earlier is queued by hand. */
function referClosed(
  tx: Db,
  clock: Clock,
  actor: Actor,
  account: LockedAccount,
  payer: PayerView,
  { payment, writeOffs }: BookedPayment,
  lines: readonly OpenLine[],
): Promise<BookedQueueing> {
  const [writeOff] = writeOffs;
  if (!writeOff) throw new Error('A referral writes off what it refers');
  const { typeCode } = writeOff;
  const closed = lines.map(({ billLineId, open }) => ({ billLineId, typeCode, paymentId: payment.id, amount: open }));
  const billLineIds = lines.map(({ billLineId }) => billLineId);
  return bookQueueing(tx, clock, actor, account, payer, { billLineIds }, closed);
}

/** The payment's window: 0.00, with a write-off of all that is open (Procentive's steps 4 to 8). */
function windowOf(
  { id: accountId, currency, today }: LockedAccount,
  { transactionTypeCode, reference }: NewAgencyReferral,
  lines: readonly OpenLine[],
): Parameters<typeof bookPayment>[4] {
  const writeOffs = lines.map(({ billLineId, open }) => ({ billLineId, amount: open, transactionTypeCode }));
  return { accountId, amount: 0, currency, effectiveDate: today, reference, writeOffs };
}

/**
 * Only a custom write-off in use shows in a column of its own what was referred (LED-12).
 * @throws DomainError 422 `unknown-transaction-type`
 */
async function requireCustomWriteOff(tx: Db, code: string): Promise<void> {
  const found = await row(
    tx,
    sql`SELECT 1 AS found FROM transaction_types WHERE code = ${code} AND custom_number IS NOT NULL AND active`,
  );
  if (found) return;
  throw againstRule('unknown-transaction-type', `${code} is not a custom write-off in use.`, [
    {
      field: 'transactionTypeCode',
      message: 'is not a custom write-off in use',
      expected: 'a code of GET write-off-settings',
    },
  ]);
}

function viewOf(
  { id: accountId, currency, today }: LockedAccount,
  payer: PayerView,
  transactionTypeCode: string,
  { paid, queued }: { paid: BookedPayment; queued: BookedQueueing },
): Omit<AgencyReferralView, 'payerInvoiceId' | 'payerInvoiceNumber'> {
  const [writeOff] = paid.writeOffs;
  const referral = queued.transactions.find(({ typeCode }) => typeCode === transactionTypeCode);
  if (!writeOff || !referral) throw new Error('A referral books a write-off and what follows it');
  return {
    id: referral.id,
    accountId,
    payerCode: payer.code,
    transactionTypeCode,
    amount: writeOff.amount,
    currency,
    effectiveDate: today,
    paymentId: paid.payment.id,
    writeOffId: writeOff.id,
    billLineIds: queued.billLineIds,
  };
}
