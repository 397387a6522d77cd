import type { AccountStatus, SubscriptionStatus } from '@recoup/contracts';
import {
  defineRecords,
  notFound,
  officeScope,
  row,
  rows,
  sql,
  type Actor,
  type ContactCipher,
  type Db,
  type Keeping,
  type SealedText,
} from '@recoup/service-kit';
import { requireKept, type ErasedAnswer } from '../erasures/erased.js';

/** A freeze as lists show it (LED-52): without its notes. It stands while `rolledBackAt` is null. */
export interface FreezeRow {
  readonly id: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly actionId: string | null;
  readonly priorStatus: AccountStatus;
  readonly cancellationReasonCode: string;
  readonly actor: string;
  readonly frozenAt: string;
  readonly rolledBackBy: string | null;
  readonly rolledBackAt: string | null;
}

/** A subscription that a freeze froze, with how it stands now. */
export interface FrozenSubscription {
  readonly subscriptionId: string;
  readonly number: string;
  readonly priorStatus: SubscriptionStatus;
  readonly status: SubscriptionStatus;
  readonly rolledBackAt: string | null;
}

/** A freeze with its notes, masked for auditors, and the subscriptions that it froze. */
export interface FreezeView extends FreezeRow {
  readonly notes: string | null;
  readonly subscriptions: readonly FrozenSubscription[];
}

const columns = sql`f.id, f.account_id AS "accountId", a.number AS "accountNumber", o.code AS "officeCode",
  f.action_id AS "actionId", f.prior_status AS "priorStatus", f.cancellation_reason_code AS "cancellationReasonCode", f.actor,
  f.frozen_at AS "frozenAt", f.rolled_back_by AS "rolledBackBy", f.rolled_back_at AS "rolledBackAt"`;
const from = sql`freezes f JOIN accounts a ON a.id = f.account_id JOIN offices o ON o.id = a.office_id`;

/** Freezes as lists show them; `readFreeze` opens the notes of one. */
export const freezes = defineRecords<FreezeRow>({
  name: 'freezes',
  entity: 'freeze',
  columns,
  from,
  id: sql`f.id`,
  office: sql`o.code`,
});

/** Notes are bound to their freeze; those of a bulk action to the action, for it sealed them once for all its accounts. */
export function notesBinding({ id, actionId }: Pick<FreezeRow, 'id' | 'actionId'>): string {
  return actionId ?? id;
}

/** @throws DomainError 404 */
export async function readFreeze(db: Db, cipher: ContactCipher, id: string, actor: Actor): Promise<FreezeView> {
  const found = await row<FreezeRow & { sealed: SealedText | null }>(
    db,
    sql`SELECT ${columns}, f.notes AS sealed FROM ${from} WHERE f.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
  );
  if (!found) throw notFound('freeze');
  const { sealed, ...freeze } = found;
  const notes = sealed && (actor.role === 'auditor' ? '…' : cipher.open(notesBinding(freeze), sealed));
  return { ...freeze, notes, subscriptions: await readFrozen(db, id) };
}

function readFrozen(db: Db, freezeId: string): Promise<FrozenSubscription[]> {
  return rows<FrozenSubscription>(
    db,
    sql`SELECT z.subscription_id AS "subscriptionId", s.number, z.prior_status AS "priorStatus", s.status, z.rolled_back_at AS "rolledBackAt"
        FROM frozen_subscriptions z JOIN subscriptions s ON s.id = z.subscription_id
        WHERE z.freeze_id = ${freezeId} ORDER BY s.number COLLATE "C"`,
  );
}

/** A freeze's answer as it is kept under an idempotency key: encrypted like its notes (S16). */
export interface SealedFreeze extends SealedText {
  readonly freezeId: string;
}

/** Keeps answers that hold notes, so that a repeat gets the first answer and the table holds none in clear. */
export function sealedFreezes<V extends FreezeView>(cipher: ContactCipher): Keeping<V, SealedFreeze | ErasedAnswer> {
  return {
    seal: (freeze) => ({ freezeId: freeze.id, ...cipher.seal(freeze.id, JSON.stringify(freeze)) }),
    open: (kept) => {
      const { freezeId, ...sealed } = requireKept<SealedFreeze>(kept);
      const freeze: V = JSON.parse(cipher.open(freezeId, sealed));
      return freeze;
    },
  };
}
