import { uuid } from '@recoup/contracts';
import {
  againstRule,
  recordAudit,
  row,
  run,
  sql,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
} from '@recoup/service-kit';
import { z } from 'zod';
import { lockAccount } from '../accounts/lock-account.js';
import { requireEligible } from '../accounts/require-eligible.js';
import { requireNotErased } from '../erasures/erased.js';
import { newId } from '../postings/book-transactions.js';
import { readFreeze, type FreezeView } from './freeze.js';
import { tellStatus } from './tell-status.js';

/** A freeze of an account with its active subscriptions; the notes are kept encrypted (LED-52). */
export const newFreeze = z.strictObject({
  accountId: uuid,
  cancellationReasonCode: z.string().min(1).max(40),
  notes: z.string().min(1).max(2000).optional(),
});

/**
 * Freezes an account and its active subscriptions, and remembers what each was.
 * @throws DomainError 404, 409 `erased` when there are notes, 422 `already-frozen`, `closed`, `unknown-cancellation-reason`
 */
export async function freezeAccount(
  tx: Db,
  { clock, cipher }: { clock: Clock; cipher: ContactCipher },
  actor: Actor,
  { accountId, cancellationReasonCode, notes }: z.infer<typeof newFreeze>,
): Promise<FreezeView> {
  const account = await lockAccount(tx, clock, actor, accountId);
  if (notes !== undefined) requireNotErased(account);
  requireEligible('freeze', account, "it can't be frozen");
  await requireReason(tx, cancellationReasonCode);
  const id = await newId(tx);
  const sealed = notes === undefined ? null : JSON.stringify(cipher.seal(id, notes));
  await run(
    tx,
    sql`INSERT INTO freezes (id, account_id, prior_status, cancellation_reason_code, notes, actor, frozen_at)
        VALUES (${id}, ${accountId}, ${account.status}, ${cancellationReasonCode}, ${sealed}::jsonb, ${actor.user}, ${clock.now()}::timestamptz)`,
  );
  await run(
    tx,
    sql`INSERT INTO frozen_subscriptions (freeze_id, subscription_id, prior_status)
        SELECT ${id}, s.id, s.status FROM subscriptions s WHERE s.account_id = ${accountId} AND s.status = 'active'`,
  );
  await run(
    tx,
    sql`UPDATE subscriptions SET status = 'frozen', version = version + 1 WHERE account_id = ${accountId} AND status = 'active'`,
  );
  await run(tx, sql`UPDATE accounts SET status = 'frozen', version = version + 1 WHERE id = ${accountId}`);
  const freeze = await readFreeze(tx, cipher, id, actor);
  const subscriptionIds = freeze.subscriptions.map(({ subscriptionId }) => subscriptionId);
  await tellStatus(tx, accountId, subscriptionIds, { account: true });
  await recordAudit(tx, {
    actor: actor.user,
    action: 'freeze',
    entityType: 'freeze',
    entityId: id,
    accountId,
    before: { status: account.status },
    after: { status: 'frozen', cancellationReasonCode, subscriptions: subscriptionIds.length },
  });
  return freeze;
}

async function requireReason(tx: Db, code: string): Promise<void> {
  if (await row(tx, sql`SELECT 1 AS found FROM cancellation_reasons WHERE code = ${code}`)) return;
  throw againstRule('unknown-cancellation-reason', `There is no cancellation reason ${code}.`, [
    {
      field: 'cancellationReasonCode',
      message: 'is not a cancellation reason',
      expected: 'a code of GET cancellation-reasons',
    },
  ]);
}
