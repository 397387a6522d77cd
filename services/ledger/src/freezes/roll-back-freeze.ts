import {
  recordAudit,
  rows,
  row,
  run,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
} from '@recoup/service-kit';
import { lockAccount, type LockedAccount } from '../accounts/lock-account.js';
import { requireEligible } from '../accounts/require-eligible.js';
import { subscriptions, type SubscriptionView } from '../subscriptions/subscription.js';
import { readFreeze, type FreezeView, type FrozenSubscription } from './freeze.js';
import { tellStatus } from './tell-status.js';

/** A freeze that was rolled back, with the subscriptions that were changed in between and left alone. */
export interface RolledBackFreeze extends FreezeView {
  readonly leftAlone: readonly FrozenSubscription[];
}

/**
 * Rolls a freeze back: the account and what is still frozen of its subscriptions get the status that they had. What was
 * changed in between is left alone and named (LED-52).
 * @throws DomainError 404, 409 `already-rolled-back`, 422 `closed`, `not-frozen`
 */
export async function rollBackFreeze(
  tx: Db,
  { clock, cipher }: { clock: Clock; cipher: ContactCipher },
  actor: Actor,
  id: string,
): Promise<RolledBackFreeze> {
  const { accountId } = await readFreeze(tx, cipher, id, actor);
  const account = await lockAccount(tx, clock, actor, accountId);
  const before = await readFreeze(tx, cipher, id, actor);
  if (before.rolledBackAt !== null)
    throw wrongState('already-rolled-back', `The freeze was rolled back at ${before.rolledBackAt}.`);
  requireFrozen(account);
  const setBack = await setSubscriptionsBack(tx, clock, id, null);
  await run(tx, sql`UPDATE accounts SET status = ${before.priorStatus}, version = version + 1 WHERE id = ${accountId}`);
  await run(
    tx,
    sql`UPDATE freezes SET rolled_back_by = ${actor.user}, rolled_back_at = ${clock.now()}::timestamptz WHERE id = ${id}`,
  );
  await tellStatus(tx, accountId, setBack, { account: true });
  const freeze = await readFreeze(tx, cipher, id, actor);
  const leftAlone = freeze.subscriptions.filter(({ rolledBackAt }) => rolledBackAt === null);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'roll-back-freeze',
    entityType: 'freeze',
    entityId: id,
    accountId,
    before: { status: account.status },
    after: { status: before.priorStatus, subscriptions: setBack.length, leftAlone: leftAlone.length },
  });
  return { ...freeze, leftAlone };
}

/**
 * Sets one subscription back to the status that it had before its account was frozen; the account stays frozen (LED-52).
 * @throws DomainError 404, 409 `not-frozen`, 422 `closed`, `not-frozen` of the account
 */
export async function rollBackSubscription(tx: Db, clock: Clock, actor: Actor, id: string): Promise<SubscriptionView> {
  const { accountId } = await subscriptions.one(tx, id, actor);
  const account = await lockAccount(tx, clock, actor, accountId);
  const before = await subscriptions.one(tx, id, actor);
  const freeze = await row<{ id: string }>(
    tx,
    sql`SELECT f.id FROM frozen_subscriptions z JOIN freezes f ON f.id = z.freeze_id
        WHERE z.subscription_id = ${id} AND z.rolled_back_at IS NULL AND f.rolled_back_at IS NULL`,
  );
  if (before.status !== 'frozen' || !freeze)
    throw wrongState('not-frozen', `The subscription is ${before.status}; there is nothing to roll back.`);
  requireFrozen(account);
  await setSubscriptionsBack(tx, clock, freeze.id, id);
  await tellStatus(tx, accountId, [id], { account: false });
  const after = await subscriptions.one(tx, id, actor);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'roll-back-freeze',
    entityType: 'subscription',
    entityId: id,
    accountId,
    before: { status: before.status },
    after: { status: after.status },
  });
  return after;
}

function requireFrozen(account: LockedAccount): void {
  requireEligible('freeze-rollback', account, 'its freeze is not rolled back', 'id');
}

/** Sets back what is still frozen of a freeze, all or one; answers the subscriptions. */
async function setSubscriptionsBack(tx: Db, clock: Clock, freezeId: string, only: string | null): Promise<string[]> {
  const moved = await rows<{ id: string }>(
    tx,
    sql`UPDATE subscriptions s SET status = z.prior_status, version = s.version + 1
        FROM frozen_subscriptions z
        WHERE z.freeze_id = ${freezeId} AND z.rolled_back_at IS NULL AND s.id = z.subscription_id AND s.status = 'frozen'
          AND (${only}::uuid IS NULL OR s.id = ${only}::uuid)
        RETURNING s.id`,
  );
  const ids = moved.map(({ id }) => id);
  await run(
    tx,
    sql`UPDATE frozen_subscriptions SET rolled_back_at = ${clock.now()}::timestamptz
        WHERE freeze_id = ${freezeId} AND subscription_id = ANY(${ids}::uuid[])`,
  );
  return ids;
}
