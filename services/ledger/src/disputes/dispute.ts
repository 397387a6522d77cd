import { defineRecords, recordAudit, sql, type Actor, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';

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

export const disputes = defineRecords<DisputeView>({
  name: 'disputes',
  entity: 'dispute',
  columns: sql`d.id, d.account_id AS "accountId", d.invoice_id AS "invoiceId", i.number AS "invoiceNumber", o.code AS "officeCode",
    d.reason, d.amount, i.currency, d.opened_on AS "openedOn", d.settled_on AS "settledOn", d.version`,
  from: sql`disputes d JOIN invoices i ON i.id = d.invoice_id JOIN offices o ON o.id = i.office_id`,
  id: sql`d.id`,
  office: sql`o.code`,
});

/** Why an invoice is disputed, in words of people. A dispute is no booking: what was written goes with an erasure (S28). */
export const disputeReason = z
  .string()
  .min(1)
  .max(500)
  .describe('Why it is disputed; erased with the account, and never told on the bus');

/**
 * What events tell as a dispute's reason. What people wrote stays in the ledger's own row: it may name somebody, and
 * the topic is kept for ever (S17).
 */
export const publishedReason = 'disputed';

/** Tells how a dispute of a locked account stands now, and notes who did it. */
export async function tellDispute(
  tx: Db,
  actor: Actor,
  id: string,
  action: 'record-dispute' | 'edit-dispute',
  before?: DisputeView,
): Promise<DisputeView> {
  const dispute = await disputes.one(tx, id, actor);
  const { accountId, invoiceId, amount, openedOn, settledOn } = dispute;
  const data = { disputeId: id, accountId, invoiceId, reason: publishedReason, amount, openedOn, settledOn };
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.dispute-recorded.v1', data }]);
  const audit = { actor: actor.user, action, entityType: 'dispute', entityId: id, accountId };
  const was = before && { amount: before.amount, openedOn: before.openedOn, settledOn: before.settledOn };
  await recordAudit(tx, { ...audit, before: was, after: { amount, openedOn, settledOn } });
  return dispute;
}
