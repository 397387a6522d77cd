import { businessDate } from '@recoup/contracts';
import {
  againstRule,
  editedFields,
  requireVersion,
  run,
  sql,
  type Actor,
  type Clock,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { lockAccount, requireNotFuture } from '../accounts/lock-account.js';
import { requireNotErased } from '../erasures/erased.js';
import { disputeReason, disputes, tellDispute, type DisputeView } from './dispute.js';

/** What of a dispute people edit: its reason, and when it was settled. */
const editedDispute = z.strictObject({ reason: disputeReason, settledOn: businessDate.nullable() });
const readOnlyFields = [
  'id',
  'accountId',
  'invoiceId',
  'invoiceNumber',
  'officeCode',
  'amount',
  'currency',
  'openedOn',
  'version',
];

/**
 * Changes a dispute's reason, settles it or opens it again. What the request leaves out stays as it is under the lock.
 * @throws DomainError 400 `read-only`, 404, 409 `erased` for another reason, 412, 422 `future-date`, `before-dispute`
 */
export async function editDispute(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<DisputeView> {
  const account = await lockAccount(tx, clock, actor, (await disputes.one(tx, id, actor)).accountId);
  const stored = await disputes.one(tx, id, actor);
  requireVersion(ifMatch, stored.version);
  const { reason, settledOn } = editedFields(editedDispute, input, { ...stored }, readOnlyFields);
  if (reason !== stored.reason) requireNotErased(account);
  if (settledOn !== null) requireNotFuture(settledOn, account.today, 'settledOn');
  if (settledOn !== null && settledOn < stored.openedOn)
    throw againstRule('before-dispute', `The dispute began on ${stored.openedOn}.`, [
      { field: 'settledOn', message: 'is before the dispute', expected: `at least ${stored.openedOn}` },
    ]);
  await run(
    tx,
    sql`UPDATE disputes SET reason = ${reason}, settled_on = ${settledOn}, version = version + 1 WHERE id = ${id}`,
  );
  return tellDispute(tx, actor, id, 'edit-dispute', stored);
}
