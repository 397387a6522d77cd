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
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { editedPayer, payers, type NewPayer, type PayerView } from './payer.js';

const readOnlyFields = ['id', 'code', 'type', 'version'];

/**
 * Adds a payer; the database tells of it (LED-11).
 * @throws DomainError 422 `self-payer`, 409 `code-taken`
 */
export async function addPayer(tx: Db, actor: Actor, given: NewPayer): Promise<PayerView> {
  if (given.type === 'self')
    throw againstRule('self-payer', 'Self is the account; there is one such payer, and it ships.', [
      { field: 'type', message: 'can not be self', expected: 'insurer or generic' },
    ]);
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO payers (code, name, type, skip_group_number_check, skip_policy_id_check)
        VALUES (${given.code}, ${given.name}, ${given.type}, ${given.skipGroupNumberCheck}, ${given.skipPolicyIdCheck})
        ON CONFLICT (code) DO NOTHING RETURNING id`,
  );
  if (!made) throw wrongState('code-taken', `There is a payer ${given.code} already.`);
  const audit = { actor: actor.user, action: 'create', entityType: 'payer', entityId: made.id };
  await recordAudit(tx, { ...audit, after: given });
  return payers.one(tx, made.id, actor);
}

/**
 * Changes a payer's name, rules, or whether it is in use; code and type stay, for receivables are booked under the type.
 * @throws DomainError 400, 404, 412, 422 `self-payer`
 */
export async function editPayer(
  tx: Db,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<PayerView> {
  await row(tx, sql`SELECT id FROM payers WHERE id = ${id} FOR UPDATE`);
  const before = await payers.one(tx, id, actor);
  requireVersion(ifMatch, before.version);
  const edited = editedFields(editedPayer, input, { ...before }, readOnlyFields);
  if (before.type === 'self')
    throw againstRule(
      'self-payer',
      'Self is the account: it is neither renamed nor put out of use, and has no rules.',
      [{ field: 'id', message: 'is the payer Self', expected: 'a payer of type insurer or generic' }],
    );
  await run(
    tx,
    sql`UPDATE payers SET name = ${edited.name}, skip_group_number_check = ${edited.skipGroupNumberCheck},
          skip_policy_id_check = ${edited.skipPolicyIdCheck}, active = ${edited.active}, version = version + 1
        WHERE id = ${id}`,
  );
  const audit = { actor: actor.user, action: 'edit', entityType: 'payer', entityId: id };
  await recordAudit(tx, { ...audit, before, after: edited });
  return payers.one(tx, id, actor);
}
