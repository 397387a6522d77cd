import { z } from 'zod';
import type { AccountStatus } from '@recoup/contracts';
import {
  recordAudit,
  requireVersion,
  row,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type ContactCipher,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { publishAccountEvents } from './account-events.js';
import { readAccount, type AccountView } from './account-view.js';
import { lockAccount, type LockedAccount } from './lock-account.js';

/** What people set an account's status to; frozen it is made by a freeze alone (LED-20, LED-52). */
export const accountStatusChange = z.strictObject({ status: z.enum(['active', 'closed']) });

/** Whether the account gets no statement (LED-20). */
export const statementHoldChange = z.strictObject({ statementHold: z.boolean() });

interface Parts {
  readonly clock: Clock;
  readonly cipher: ContactCipher;
}

/**
 * Closes an account or opens it again. A freeze outlasts the closing: an account that was closed while frozen is frozen
 * again when it is opened. The status it has is accepted and changes nothing.
 * @throws DomainError 404, 409 `frozen`, 412
 */
export async function changeStatus(
  tx: Db,
  parts: Parts,
  actor: Actor,
  id: string,
  { status }: z.infer<typeof accountStatusChange>,
  ifMatch: number | undefined,
): Promise<AccountView> {
  const account = await lockAccount(tx, parts.clock, actor, id);
  requireVersion(ifMatch, account.version);
  const next = status === 'active' ? await openedStatus(tx, account) : status;
  const told = { action: 'change-status', before: { status: account.status }, after: { status: next } };
  if (next !== account.status) await change(tx, actor, id, sql`status = ${next}`, told);
  return readAccount(tx, parts.cipher, id, actor);
}

/**
 * Puts an account on statement hold, or takes it off.
 * @throws DomainError 404, 412
 */
export async function changeStatementHold(
  tx: Db,
  parts: Parts,
  actor: Actor,
  id: string,
  { statementHold }: z.infer<typeof statementHoldChange>,
  ifMatch: number | undefined,
): Promise<AccountView> {
  const account = await lockAccount(tx, parts.clock, actor, id);
  requireVersion(ifMatch, account.version);
  const before = { statementHold: (await readAccount(tx, parts.cipher, id, actor)).statementHold };
  const told = { action: 'change-statement-hold', before, after: { statementHold } };
  if (before.statementHold !== statementHold) await change(tx, actor, id, sql`statement_hold = ${statementHold}`, told);
  return readAccount(tx, parts.cipher, id, actor);
}

async function openedStatus(tx: Db, { id, status }: LockedAccount): Promise<AccountStatus> {
  const freeze = await row<{ id: string }>(
    tx,
    sql`SELECT id FROM freezes WHERE account_id = ${id} AND rolled_back_at IS NULL`,
  );
  if (!freeze) return 'active';
  if (status === 'frozen')
    throw wrongState('frozen', 'The account is frozen; roll its freeze back instead.', { freezeId: freeze.id });
  return 'frozen';
}

async function change(
  tx: Db,
  actor: Actor,
  accountId: string,
  what: RawBuilder<unknown>,
  told: { action: string; before: object; after: object },
): Promise<void> {
  const changed = await row<{ status: AccountStatus; statementHold: boolean }>(
    tx,
    sql`UPDATE accounts SET ${what}, version = version + 1 WHERE id = ${accountId}
        RETURNING status, statement_hold AS "statementHold"`,
  );
  if (!changed) throw new Error('A locked account is gone');
  await publishAccountEvents(tx, [{ type: 'recoup.ledger.account-changed.v1', data: { accountId, ...changed } }]);
  await recordAudit(tx, { ...told, actor: actor.user, entityType: 'account', entityId: accountId, accountId });
}
