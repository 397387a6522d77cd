import { againstRule, recordAudit, row, sql, wrongState, type Actor, type Clock, type Db } from '@recoup/service-kit';
import { publishAccountEvents, type AccountEvent } from '../accounts/account-events.js';
import { lockAccount } from '../accounts/lock-account.js';
import { requireNotErased } from '../erasures/erased.js';
import { requireInUse, requirePayer, type PayerView } from '../payers/payer.js';
import { accountPayers, requireIdentifiers, type AccountPayerView, type NewAccountPayer } from './account-payer.js';

/**
 * Assigns a payer to an account; one whose assignment had ended is assigned again (LED-11).
 * @throws DomainError 404, 422 `unknown-payer`, `payer-not-in-use`, `self-payer`, `policy-id-missing`,
 * `group-number-missing`, 409 `already-assigned`, `erased`
 */
export async function assignPayer(
  tx: Db,
  clock: Clock,
  actor: Actor,
  given: NewAccountPayer,
): Promise<AccountPayerView> {
  const account = await lockAccount(tx, clock, actor, given.accountId);
  if (given.groupNumber !== null || given.policyId !== null) requireNotErased(account);
  const payer = await requirePayer(tx, given.payerCode);
  const id = await keepAssignment(tx, account.id, payer, given);
  await publishAccountEvents(tx, [assignmentEvent(account.id, payer, true)]);
  const audit = { actor: actor.user, action: 'assign-payer', entityType: 'account-payer', entityId: id };
  await recordAudit(tx, { ...audit, accountId: account.id, after: { payerCode: payer.code, active: true } });
  return accountPayers.one(tx, id, actor);
}

/** Assigns a payer to a locked account. What the insurer knows the account by stays out of events and audit (S17). */
async function keepAssignment(
  tx: Db,
  accountId: string,
  payer: PayerView,
  { groupNumber, policyId }: Pick<NewAccountPayer, 'groupNumber' | 'policyId'>,
): Promise<string> {
  if (payer.type === 'self')
    throw againstRule('self-payer', 'Self is the account, which always pays for itself.', [
      { field: 'payerCode', message: 'is Self', expected: 'a payer of type insurer or generic' },
    ]);
  requireInUse(payer);
  requireIdentifiers(payer, { groupNumber, policyId });
  const kept = await row<{ id: string }>(
    tx,
    sql`INSERT INTO account_payers AS x (account_id, payer_id, group_number, policy_id)
        VALUES (${accountId}, ${payer.id}, ${groupNumber}, ${policyId})
        ON CONFLICT (account_id, payer_id) DO UPDATE
          SET group_number = excluded.group_number, policy_id = excluded.policy_id, active = true, version = x.version + 1
          WHERE NOT x.active
        RETURNING x.id`,
  );
  if (!kept) throw wrongState('already-assigned', `${payer.code} is assigned to the account already.`);
  return kept.id;
}

/**
 * Assigns a payer to a locked account that lacks it, if the payer's rules ask for nothing more; answers the event, if it
 * was lacking (LED-41). What an assignment that ended knew is taken again.
 * @throws DomainError 422 `payer-not-in-use`, `policy-id-missing`, `group-number-missing`
 */
export async function assignIfLacking(tx: Db, accountId: string, payer: PayerView): Promise<AccountEvent[]> {
  const known = await row<{ active: boolean; groupNumber: string | null; policyId: string | null }>(
    tx,
    sql`SELECT active, group_number AS "groupNumber", policy_id AS "policyId" FROM account_payers
        WHERE account_id = ${accountId} AND payer_id = ${payer.id}`,
  );
  if (known?.active === true) return [];
  await keepAssignment(tx, accountId, payer, known ?? { groupNumber: null, policyId: null });
  return [assignmentEvent(accountId, payer, true)];
}

/** The event of an assignment, or of its end. */
export function assignmentEvent(accountId: string, { id, code, type }: PayerView, active: boolean): AccountEvent {
  const data = { accountId, payerId: id, payerCode: code, payerType: type, active };
  return { type: 'recoup.ledger.payer-assigned.v1', data };
}
