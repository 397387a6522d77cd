import { code } from '@recoup/contracts';
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
import { z } from 'zod';
import { label } from './label.js';
import { transactionTypes, type ReferenceRow } from './reference-data.js';

/** Kinds of which people add types; types of the others are booked by the ledger itself and ship (LED-1). */
const openKinds = ['write-off', 'adjustment'] as const;

/** What people edit of a transaction type: its names, and whether it takes new transactions. */
export const editedTransactionType = z.strictObject({ name: label, plural: label, active: z.boolean().default(true) });

/** A new type: people name it and choose its kind, which says how it posts (LED-1, LED-12). */
export const newTransactionType = editedTransactionType.extend({ code, kind: z.enum(openKinds) });

const readOnlyFields = ['id', 'code', 'kind', 'version'];
const entity = 'transaction type';

/**
 * Adds a transaction type; the database tells of it.
 * @throws DomainError 409 `code-taken`, 422 `reserved-code`
 */
export async function addTransactionType(
  tx: Db,
  actor: Actor,
  given: z.infer<typeof newTransactionType>,
): Promise<ReferenceRow> {
  if (given.code.startsWith('custom-write-off-'))
    throw againstRule('reserved-code', 'Codes of custom write-offs are given by their settings.', [
      { field: 'code', message: 'is reserved', expected: 'a code that does not begin with custom-write-off-' },
    ]);
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO transaction_types (code, kind, name, plural, active)
        VALUES (${given.code}, ${given.kind}, ${given.name}, ${given.plural}, ${given.active})
        ON CONFLICT (code) DO NOTHING RETURNING id`,
  );
  if (!made) throw wrongState('code-taken', `There is a transaction type ${given.code} already.`);
  await recordAudit(tx, { actor: actor.user, action: 'create', entityType: entity, entityId: made.id, after: given });
  return transactionTypes.one(tx, made.id, actor);
}

/**
 * Renames a transaction type, or closes it to new transactions; code and kind stay, for transactions are booked under them.
 * @throws DomainError 400 `read-only`, 404, 412, 422 `set-in-settings`, `always-in-use`
 */
export async function editTransactionType(
  tx: Db,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<ReferenceRow> {
  const locked = await row<{ customNumber: number | null }>(
    tx,
    sql`SELECT custom_number AS "customNumber" FROM transaction_types WHERE id = ${id} FOR UPDATE`,
  );
  const before = await transactionTypes.one(tx, id, actor);
  requireVersion(ifMatch, before.version);
  const edited = editedFields(editedTransactionType, input, before, readOnlyFields);
  if (locked?.customNumber)
    throw againstRule('set-in-settings', 'Custom write-offs are named, added and removed in their settings.', [
      { field: 'id', message: 'is a custom write-off', expected: 'PUT write-off-settings' },
    ]);
  if (!edited.active && !openKinds.some((kind) => kind === before['kind']))
    throw againstRule('always-in-use', 'The ledger books transactions of this kind by itself.', [
      { field: 'active', message: 'stays true for this kind', expected: 'true' },
    ]);
  await run(
    tx,
    sql`UPDATE transaction_types SET name = ${edited.name}, plural = ${edited.plural}, active = ${edited.active}, version = version + 1
        WHERE id = ${id}`,
  );
  await recordAudit(tx, { actor: actor.user, action: 'edit', entityType: entity, entityId: id, before, after: edited });
  return transactionTypes.one(tx, id, actor);
}
