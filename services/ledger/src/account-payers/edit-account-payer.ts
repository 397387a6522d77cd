import {
  editedFields,
  notFound,
  recordAudit,
  requireVersion,
  row,
  run,
  sql,
  type Actor,
  type Clock,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { publishAccountEvents } from '../accounts/account-events.js';
import { lockAccount } from '../accounts/lock-account.js';
import { requireNotErased } from '../erasures/erased.js';
import { payers, requireInUse } from '../payers/payer.js';
import { accountPayers, editedAccountPayer, requireIdentifiers, type AccountPayerView } from './account-payer.js';
import { assignmentEvent } from './assign-payer.js';

const readOnlyFields = [
  'id',
  'accountId',
  'accountNumber',
  'officeCode',
  'payerId',
  'payerCode',
  'payerName',
  'payerType',
  'version',
];

/**
 * Changes group number or policy id of an assignment, or ends it: nothing more is queued to the payer then, and what it
 * holds stays with it (LED-11).
 * @throws DomainError 400, 404, 409 `erased`, 412, 422 `policy-id-missing`, `group-number-missing`, `payer-not-in-use`
 */
export async function editAccountPayer(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<AccountPayerView> {
  const known = await row<{ accountId: string }>(
    tx,
    sql`SELECT account_id AS "accountId" FROM account_payers WHERE id = ${id}`,
  );
  if (!known) throw notFound('account payer');
  const account = await lockAccount(tx, clock, actor, known.accountId);
  const before = await accountPayers.one(tx, id, actor);
  requireVersion(ifMatch, before.version);
  const edited = editedFields(editedAccountPayer, input, { ...before }, readOnlyFields);
  if (edited.groupNumber !== null || edited.policyId !== null) requireNotErased(account);
  const payer = await payers.one(tx, before.payerId, actor);
  if (edited.active) requireIdentifiers(payer, edited);
  if (edited.active && !before.active) requireInUse(payer);
  await run(
    tx,
    sql`UPDATE account_payers SET group_number = ${edited.groupNumber}, policy_id = ${edited.policyId}, active = ${edited.active},
          version = version + 1
        WHERE id = ${id}`,
  );
  if (edited.active !== before.active)
    await publishAccountEvents(tx, [assignmentEvent(known.accountId, payer, edited.active)]);
  const audit = { actor: actor.user, action: 'edit-account-payer', entityType: 'account-payer', entityId: id };
  const told = { payerCode: payer.code };
  await recordAudit(tx, {
    ...audit,
    accountId: known.accountId,
    before: { ...told, active: before.active },
    after: { ...told, active: edited.active },
  });
  return accountPayers.one(tx, id, actor);
}
