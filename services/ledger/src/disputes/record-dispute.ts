import { businessDate, positiveAmount, uuid } from '@recoup/contracts';
import {
  againstRule,
  notFound,
  officeScope,
  recordAudit,
  requireVersion,
  row,
  run,
  sql,
  type Actor,
  type Clock,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccount, lockAccountOfInvoice, requireNotFuture } from '../accounts/lock-account.js';
import { newId } from '../postings/book-transactions.js';

/** A dispute as it is shown; it lasts while `settledOn` is null (`rulings`, 7). */
export interface DisputeView {
  readonly id: string;
  readonly accountId: string;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly officeCode: string;
  readonly reason: string;
  readonly amount: number;
  readonly currency: string;
  readonly openedOn: string;
  readonly settledOn: string | null;
  readonly version: number;
}

export const disputeColumns: RawBuilder<unknown> = sql`d.id, d.account_id AS "accountId", d.invoice_id AS "invoiceId", i.number AS "invoiceNumber",
  o.code AS "officeCode", d.reason, d.amount, i.currency, d.opened_on AS "openedOn", d.settled_on AS "settledOn", d.version`;
export const disputeFrom: RawBuilder<unknown> = sql`disputes d JOIN invoices i ON i.id = d.invoice_id JOIN offices o ON o.id = i.office_id`;

/** A dispute of an invoice; amount in minor units, all of the invoice unless told. */
export const newDispute = z.strictObject({
  invoiceId: uuid,
  reason: z.string().min(1).max(500),
  amount: positiveAmount.optional(),
  openedOn: businessDate.optional(),
});

/** What of a dispute people edit: its reason, and when it was settled. */
export const editedDispute = z.strictObject({ reason: z.string().min(1).max(500), settledOn: businessDate.nullable() });
export const readOnlyDisputeFields = [
  'id',
  'accountId',
  'invoiceId',
  'invoiceNumber',
  'officeCode',
  'amount',
  'currency',
  'openedOn',
  'version',
] as const;

/**
 * What events tell as a dispute's reason. What people wrote stays in the ledger's own row: it may name somebody, and
 * the topic is kept for ever (S17).
 */
export const publishedReason = 'disputed';

/** @throws DomainError 404 */
export async function readDispute(db: Db, id: string, actor: Actor): Promise<DisputeView> {
  const found = await row<DisputeView>(
    db,
    sql`SELECT ${disputeColumns} FROM ${disputeFrom} WHERE d.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
  );
  if (!found) throw notFound('dispute');
  return found;
}

/** Records a dispute. @throws DomainError 404, 422 `future-date`, `before-invoice`, `dispute-above-total` */
export async function recordDispute(
  tx: Db,
  clock: Clock,
  actor: Actor,
  given: z.infer<typeof newDispute>,
): Promise<DisputeView> {
  const account = await lockAccountOfInvoice(tx, clock, actor, given.invoiceId);
  const openedOn = given.openedOn ?? account.today;
  requireNotFuture(openedOn, account.today, 'openedOn');
  const invoice = await row<{ total: number; invoiceDate: string }>(
    tx,
    sql`SELECT total, invoice_date AS "invoiceDate" FROM invoices WHERE id = ${given.invoiceId}`,
  );
  const { total, invoiceDate } = invoice ?? { total: 0, invoiceDate: openedOn };
  if (openedOn < invoiceDate)
    throw againstRule('before-invoice', `The invoice is of ${invoiceDate}; it can't be disputed before that.`, [
      { field: 'openedOn', message: 'is before the invoice', expected: `at least ${invoiceDate}` },
    ]);
  const amount = given.amount ?? total;
  if (amount > total)
    throw againstRule('dispute-above-total', `The invoice's total is ${total}; no more than that can be disputed.`, [
      { field: 'amount', message: 'is more than the invoice’s total', expected: `at most ${total}` },
    ]);
  const id = await newId(tx);
  await run(
    tx,
    sql`INSERT INTO disputes (id, account_id, invoice_id, reason, amount, opened_on)
        VALUES (${id}, ${account.id}, ${given.invoiceId}, ${given.reason}, ${amount}, ${openedOn})`,
  );
  return tell(tx, actor, id, 'record-dispute');
}

/** Changes a dispute's reason, settles it or opens it again. @throws DomainError 404, 412, 422 `future-date`, `before-dispute` */
export async function editDispute(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  { reason, settledOn }: z.infer<typeof editedDispute>,
  ifMatch: number | undefined,
): Promise<DisputeView> {
  const found = await readDispute(tx, id, actor);
  const account = await lockAccount(tx, clock, actor, found.accountId);
  const stored = await readDispute(tx, id, actor);
  requireVersion(ifMatch, stored.version);
  if (settledOn !== null) requireNotFuture(settledOn, account.today, 'settledOn');
  if (settledOn !== null && settledOn < stored.openedOn)
    throw againstRule('before-dispute', `The dispute began on ${stored.openedOn}.`, [
      { field: 'settledOn', message: 'is before the dispute', expected: `at least ${stored.openedOn}` },
    ]);
  await run(
    tx,
    sql`UPDATE disputes SET reason = ${reason}, settled_on = ${settledOn}, version = version + 1 WHERE id = ${id}`,
  );
  return tell(tx, actor, id, 'edit-dispute');
}

async function tell(tx: Db, actor: Actor, id: string, action: string): Promise<DisputeView> {
  const dispute = await readDispute(tx, id, actor);
  const { accountId, invoiceId, amount, openedOn, settledOn } = dispute;
  const data = { disputeId: id, accountId, invoiceId, reason: publishedReason, amount, openedOn, settledOn };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.dispute-recorded.v1', data }]);
  await recordAudit(tx, {
    actor: actor.user,
    action,
    entityType: 'dispute',
    entityId: id,
    accountId,
    after: { amount, openedOn, settledOn },
  });
  return dispute;
}
