import { uuid } from '@recoup/contracts';
import {
  correlationId,
  publishTombstones,
  recordAudit,
  row,
  run,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type Db,
} from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccount, type LockedAccount } from '../accounts/lock-account.js';

/** An erasure to be made. The reason is a code, for it stays in the audit: nobody can write a name into it. */
export const newErasure = z.strictObject({
  accountId: uuid,
  reason: z.enum(['asked-for', 'retention-ended', 'court-order', 'opened-by-mistake']),
});
export type NewErasure = z.infer<typeof newErasure>;

/** An erasure as it is answered. */
export interface ErasureView extends NewErasure {
  readonly erasedAt: string;
}

/** What stands in place of words that were erased, where there must be some. */
const erasedReason = 'erased';

/**
 * Erases what is personal of an account, here and by an event and a tombstone wherever it is followed; number, figures,
 * audit and sent files stay (S28). There is no way back.
 * @throws DomainError 404, 409 `already-erased`
 */
export async function eraseAccount(
  tx: Db,
  clock: Clock,
  actor: Actor,
  { accountId, reason }: NewErasure,
): Promise<ErasureView> {
  const account = await lockAccount(tx, clock, actor, accountId);
  if (account.erasedAt !== null)
    throw wrongState('already-erased', 'The account was erased before.', { erasedAt: account.erasedAt });
  const erasedAt = clock.now();
  const contactSequence = await eraseRows(tx, accountId, erasedAt);
  await eraseAnswers(tx, accountId);
  await eraseDisputeAnswers(tx, accountId);
  await eraseStagedRows(tx, account);
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.account-erased.v1', data: { accountId, erasedAt } }]);
  const envelope = { key: accountId, subject: accountId, sequence: contactSequence, correlationId: correlationId() };
  await publishTombstones(tx, [{ ...envelope, type: 'recoup.ledger.contact-changed.v1' }]);
  const audit = { actor: actor.user, action: 'erase-account', entityType: 'account', entityId: accountId };
  await recordAudit(tx, { ...audit, accountId, after: { reason } });
  return { accountId, reason, erasedAt };
}

/** Answers the number of the tombstone among the account's contact messages. */
async function eraseRows(tx: Db, accountId: string, erasedAt: string): Promise<number> {
  const erased = await row<{ sequence: number }>(
    tx,
    sql`UPDATE accounts SET name = NULL, language = NULL, contact = NULL, phone_hashes = '{}', email_hash = NULL,
          erased_at = ${erasedAt}::timestamptz, contact_sequence = contact_sequence + 1, version = version + 1
        WHERE id = ${accountId} RETURNING contact_sequence AS sequence`,
  );
  if (!erased) throw new Error('A locked account is gone');
  await run(
    tx,
    sql`UPDATE account_payers SET group_number = NULL, policy_id = NULL, version = version + 1
        WHERE account_id = ${accountId} AND (group_number IS NOT NULL OR policy_id IS NOT NULL)`,
  );
  await run(
    tx,
    sql`UPDATE disputes SET reason = ${erasedReason}, version = version + 1 WHERE account_id = ${accountId} AND reason <> ${erasedReason}`,
  );
  await run(tx, sql`UPDATE freezes SET notes = NULL WHERE account_id = ${accountId} AND notes IS NOT NULL`);
  return erased.sequence;
}

/** Answers kept for repeats stay as proof that their keys were used, without what was personal in them. */
async function eraseAnswers(tx: Db, accountId: string): Promise<void> {
  await run(
    tx,
    sql`UPDATE idempotency_keys SET response = '{"erased": true}'
        WHERE response->>'keyId' IS NOT NULL AND coalesce(response->>'accountId', response->>'freezeId') IN (
          SELECT ${accountId} UNION ALL SELECT id::text FROM freezes WHERE account_id = ${accountId})`,
  );
  await run(
    tx,
    sql`UPDATE idempotency_keys SET response = response || '{"groupNumber": null, "policyId": null}'
        WHERE (response->>'groupNumber' IS NOT NULL OR response->>'policyId' IS NOT NULL)
          AND coalesce(response->>'accountId', response->>'freezeId') = ${accountId}`,
  );
}

/** Answers that tell a dispute say what its row says now. */
async function eraseDisputeAnswers(tx: Db, accountId: string): Promise<void> {
  await run(
    tx,
    sql`UPDATE idempotency_keys SET response = response || jsonb_build_object('reason', ${erasedReason}::text)
        WHERE response->>'openedOn' IS NOT NULL AND response->>'accountId' = ${accountId}`,
  );
}

/** Rows of an import that waits to be booked keep their invoices; the account is known, so their contact data is of no use. */
async function eraseStagedRows(tx: Db, { officeCode, number }: LockedAccount): Promise<void> {
  await run(
    tx,
    sql`UPDATE import_rows SET fields = (fields::jsonb - 'sealed')::json
        WHERE fields->>'accountNumber' = ${number} AND fields->>'officeCode' = ${officeCode} AND fields->'sealed' IS NOT NULL`,
  );
}
