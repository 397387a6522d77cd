import { amount, businessDate, currencyCode, subscriptionStatus, uuid } from '@recoup/contracts';
import {
  againstRule,
  editedFields,
  recordAudit,
  requireVersion,
  row,
  run,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccount, requireCurrency, type LockedAccount } from '../accounts/lock-account.js';
import { lineOfText } from '../accounts/plain-text.js';
import { amountMax } from '../postings/amount-max.js';
import { newId } from '../postings/book-transactions.js';
import { subscriptionEvent, subscriptions, type SubscriptionView } from './subscription.js';

const discount = amount.max(amountMax);
const serviceTypeCode = z.string().min(1).max(40);

/** A new subscription, active; the discount in minor units of the account's currency (LED-21). */
export const newSubscription = z.strictObject({
  accountId: uuid,
  number: lineOfText,
  serviceTypeCode,
  startedOn: businessDate,
  initialServiceDiscount: discount.default(0),
  currency: currencyCode.optional(),
});

/** What of a subscription people edit. */
export const editedSubscription = z.strictObject({
  serviceTypeCode,
  initialServiceDiscount: discount,
  status: subscriptionStatus,
});
const readOnlyFields = ['id', 'accountId', 'accountNumber', 'officeCode', 'number', 'startedOn', 'currency', 'version'];

/**
 * Opens a subscription of an active account.
 * @throws DomainError 404, 409 `subscription-number-taken`, 422 `frozen`, `closed`, `currency`, `unknown-service-type`
 */
export async function openSubscription(
  tx: Db,
  clock: Clock,
  actor: Actor,
  given: z.infer<typeof newSubscription>,
): Promise<SubscriptionView> {
  const account = await lockAccount(tx, clock, actor, given.accountId);
  requireActive(account);
  if (given.currency !== undefined) requireCurrency(given.currency, account.currency);
  await requireServiceType(tx, given.serviceTypeCode);
  const id = await newId(tx);
  const made = await run(
    tx,
    sql`INSERT INTO subscriptions (id, account_id, office_id, currency, number, service_type_code, started_on, initial_service_discount)
        VALUES (${id}, ${account.id}, ${account.officeId}, ${account.currency}, ${given.number}, ${given.serviceTypeCode},
                ${given.startedOn}, ${given.initialServiceDiscount})
        ON CONFLICT (office_id, number) DO NOTHING`,
  );
  if (made === 0)
    throw wrongState(
      'subscription-number-taken',
      `The office already has a subscription ${given.number}; numbers are unique within an office.`,
    );
  return tell(tx, actor, id, 'open-subscription');
}

/**
 * Changes a subscription. People make it active or cancelled; it is frozen, and made active again from there, by a freeze of
 * its account and the rollback alone (LED-52).
 * @throws DomainError 400 `read-only`, 404, 412, 422 `frozen`, `closed`, `unknown-service-type`
 */
export async function editSubscription(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<SubscriptionView> {
  const account = await lockAccount(tx, clock, actor, (await subscriptions.one(tx, id, actor)).accountId);
  const stored = await subscriptions.one(tx, id, actor);
  requireVersion(ifMatch, stored.version);
  const edited = editedFields(editedSubscription, input, { ...stored }, readOnlyFields);
  await requireServiceType(tx, edited.serviceTypeCode);
  if (edited.status !== stored.status) requireStep(account, stored, edited.status);
  await run(
    tx,
    sql`UPDATE subscriptions SET service_type_code = ${edited.serviceTypeCode}, status = ${edited.status},
          initial_service_discount = ${edited.initialServiceDiscount}, version = version + 1
        WHERE id = ${id}`,
  );
  return tell(tx, actor, id, 'edit-subscription', stored);
}

function requireStep(account: LockedAccount, stored: SubscriptionView, status: SubscriptionView['status']): void {
  if (status === 'frozen') throw refusedStatus('A subscription is frozen with its account.', 'active | cancelled');
  if (status !== 'active') return;
  if (stored.status === 'frozen') throw refusedStatus('Roll its freeze back instead.', 'frozen | cancelled');
  requireActive(account);
}

function refusedStatus(message: string, expected: string): Error {
  return againstRule('frozen', message, [{ field: 'status', message: 'is not set by hand', expected }]);
}

function requireActive({ status }: LockedAccount): void {
  if (status !== 'active')
    throw againstRule(status, `The account is ${status}; it has no active subscription.`, [
      { field: 'accountId', message: `is ${status}`, expected: 'an active account' },
    ]);
}

async function requireServiceType(tx: Db, code: string): Promise<void> {
  if (await row(tx, sql`SELECT 1 AS found FROM service_types WHERE code = ${code}`)) return;
  throw againstRule('unknown-service-type', `There is no service type ${code}.`, [
    { field: 'serviceTypeCode', message: 'is not a service type', expected: 'a code of GET service-types' },
  ]);
}

async function tell(
  tx: Db,
  actor: Actor,
  id: string,
  action: string,
  stored?: SubscriptionView,
): Promise<SubscriptionView> {
  const subscription = await subscriptions.one(tx, id, actor);
  await publishAccountEvents(tx, [subscriptionEvent(subscription)]);
  const audit = { actor: actor.user, action, entityType: 'subscription', entityId: id };
  await recordAudit(tx, { ...audit, accountId: subscription.accountId, before: stored, after: subscription });
  return subscription;
}
