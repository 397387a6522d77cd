import { recordAudit, rows, sql, type Actor, type Clock, type Db, type RawBuilder } from '@recoup/service-kit';
import { z } from 'zod';
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
import { requireAgency, requirePayer, type PayerView } from '../payers/payer.js';
import { bookingData } from '../postings/booking-data.js';
import { bookTransactions, newId, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import type { Posting } from '../postings/posting.js';
import { mirrored, selfSides, sidesOf } from '../postings/posting-rules.js';
import { touched } from '../postings/touched.js';
import { queuedLinesMax } from '../queueing/queue-lines.js';
import { transactions, type TransactionView } from '../transactions/transaction-view.js';

/** What is recalled: all that is open at an agency of an account, an invoice or a bill line (the agency's, or that of Self). */
export const newRecall = z
  .strictObject({ ...targetFields, payerCode: z.string().min(1).max(40) })
  .refine(namesOneTarget, oneTarget);
export type NewRecall = z.infer<typeof newRecall>;

/** What of a referral an agency has not collected. `typeCode` is that of the write-off before the referral. */
interface HeldLine {
  readonly billLineId: string;
  readonly invoiceId: string;
  readonly open: number;
  readonly selfLineId: string;
  readonly typeCode: string;
}

/**
 * Recalls from an agency what it has not collected: the account owes it again, as if it had not been referred (LED-42).
 * Due date and responsibility date stay as they were (`rulings`, 8).
 * @throws DomainError 404, 422 `unknown-payer`, `not-an-agency`, `nothing-open`, `too-many-lines`
 */
export async function recallFromAgency(tx: Db, clock: Clock, actor: Actor, given: NewRecall): Promise<TransactionView> {
  const account = await lockTarget(tx, clock, actor, given);
  requireEligible('recall', account, 'nothing of it is recalled', namedField(given));
  const payer = await requirePayer(tx, given.payerCode);
  requireAgency(payer);
  const lines = await heldLines(tx, account.id, payer, given);
  const booked: NewTransaction = {
    ...plainTransaction(),
    ...touched(lines),
    id: await newId(tx),
    typeCode: 'recall',
    kind: 'recall',
    accountId: account.id,
    officeId: account.officeId,
    currency: account.currency,
    amount: lines.reduce((sum, { open }) => sum + open, 0),
    effectiveDate: account.today,
    recordedAt: clock.now(),
    actor: actor.user,
    payerId: payer.id,
    postings: lines.flatMap((line) => recallPostings(account, payer, line)),
  };
  await bookTransactions(tx, [booked]);
  const data = { ...bookingData(booked), payerCode: payer.code, commandId: booked.commandId };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.balance-recalled.v1', data }]);
  const audit = { actor: actor.user, action: 'recall-from-agency', entityType: 'transaction', entityId: booked.id };
  const { balance } = account;
  const after = { balance: balance + booked.amount, amount: booked.amount, payerCode: payer.code };
  await recordAudit(tx, { ...audit, accountId: account.id, before: { balance }, after });
  return transactions.one(tx, booked.id, actor);
}

/** What a queueing gave to the agency comes back by queueing; a recall is of what was written off and referred. */
async function heldLines(tx: Db, accountId: string, payer: PayerView, given: GivenTarget): Promise<HeldLine[]> {
  const { invoiceId, billLineId } = given;
  const conditions: RawBuilder<unknown>[] = [
    sql`b.account_id = ${accountId}`,
    sql`b.payer_id = ${payer.id}`,
    sql`b.open_amount > 0`,
  ];
  if (invoiceId !== undefined) conditions.push(sql`b.invoice_id = ${invoiceId}`);
  if (billLineId !== undefined) conditions.push(sql`${billLineId} IN (b.id, s.id)`);
  const lines = await rows<HeldLine>(
    tx,
    sql`SELECT b.id AS "billLineId", b.invoice_id AS "invoiceId", b.open_amount AS open, s.id AS "selfLineId", o.type_code AS "typeCode"
        FROM bill_lines b
        JOIN transactions o ON o.id = b.opened_by AND o.kind = 'referral'
        JOIN bill_lines s ON s.service_line_id = b.service_line_id AND s.opened_by IS NULL
        WHERE ${sql.join(conditions, sql` AND `)} ORDER BY b.id LIMIT ${queuedLinesMax + 1}`,
  );
  if (lines.length === 0) throw nothingOpen(`at ${payer.code}`, namedField(given));
  if (lines.length > queuedLinesMax) throw tooManyLines(queuedLinesMax, namedField(given));
  return lines;
}

/** The mirror images of the referral, on the agency's line, and of the write-off before it, on the line of Self (LED-1). */
function recallPostings({ today }: LockedAccount, payer: PayerView, line: HeldLine): Posting[] {
  const { invoiceId, billLineId, open: amount, selfLineId, typeCode } = line;
  const common = { amount, effectiveDate: today, sourceId: null };
  return [
    { ...common, ...mirrored(sidesOf('referred', payer.type)), line: { invoiceId, billLineId } },
    { ...common, ...mirrored(selfSides('write-off', typeCode)), line: { invoiceId, billLineId: selfLineId } },
  ];
}
