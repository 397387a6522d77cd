import { againstRule, recordAudit, requireVersion, rows, run, sql, type Actor, type Db } from '@recoup/service-kit';
import {
  customWriteOffCode,
  type CustomWriteOff,
  type NewWriteOffSettings,
  type WriteOffSettings,
} from './write-off-settings.js';

/** The custom write-offs in use, with the version of the whole: each change of one of them moves it on (LED-12). */
export async function readWriteOffSettings(db: Db): Promise<WriteOffSettings> {
  const all = await rows<CustomWriteOff & { active: boolean; version: number }>(
    db,
    sql`SELECT r.custom_number AS number, r.code, r.name, r.plural, r.active, r.version,
               EXISTS (SELECT FROM transactions t WHERE t.type_code = r.code AND t.type_code LIKE 'custom-write-off-%') AS used
        FROM transaction_types r WHERE r.custom_number IS NOT NULL ORDER BY r.custom_number`,
  );
  const inUse = all.filter(({ active }) => active);
  const writeOffs = inUse.map(({ number, code, name, plural, used }) => ({ number, code, name, plural, used }));
  return { inUse: writeOffs.length, writeOffs, version: all.reduce((sum, { version }) => sum + version, 0) };
}

/**
 * Sets how many custom write-offs are in use and what they are called. A used one can be renamed, never removed; one that
 * is no longer in use keeps its row and is only closed to new transactions (LED-12).
 * @throws DomainError 412, 422 `write-off-used`
 */
export async function changeWriteOffSettings(
  tx: Db,
  actor: Actor,
  { inUse, writeOffs }: NewWriteOffSettings,
  ifMatch: number | undefined,
): Promise<WriteOffSettings> {
  // The rows of those that aren't in use yet don't exist: only the settings as a whole can be locked.
  await run(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended('write-off settings', 0))`);
  const before = await readWriteOffSettings(tx);
  requireVersion(ifMatch, before.version);
  await requireUnused(tx, inUse);
  await keep(tx, writeOffs);
  await run(
    tx,
    sql`UPDATE transaction_types SET active = false, version = version + 1 WHERE custom_number > ${inUse} AND active`,
  );
  const after = await readWriteOffSettings(tx);
  if (after.version !== before.version)
    await recordAudit(tx, { actor: actor.user, action: 'edit', entityType: 'write-off settings', before, after });
  return after;
}

/** Waits for transactions that are just booking with the types that would go, and then looks for theirs. */
async function requireUnused(tx: Db, inUse: number): Promise<void> {
  await run(tx, sql`SELECT FROM transaction_types WHERE custom_number > ${inUse} AND active FOR UPDATE`);
  const { writeOffs } = await readWriteOffSettings(tx);
  const usedMax = Math.max(0, ...writeOffs.filter(({ used }) => used).map(({ number }) => number));
  if (inUse >= usedMax) return;
  throw againstRule('write-off-used', `Custom write-off ${usedMax} was used; it can be renamed, not removed.`, [
    { field: 'inUse', message: 'is less than the highest used number', expected: `at least ${usedMax}` },
  ]);
}

/** Rows that stay as they are aren't touched, for every update of one is told on the bus. */
async function keep(tx: Db, writeOffs: NewWriteOffSettings['writeOffs']): Promise<void> {
  const named = writeOffs.map(({ name, plural }, index) => ({
    number: index + 1,
    code: customWriteOffCode(index + 1),
    name,
    plural,
  }));
  await run(
    tx,
    sql`INSERT INTO transaction_types (custom_number, code, name, plural, kind)
        SELECT number, code, name, plural, 'write-off'
        FROM json_to_recordset(${JSON.stringify(named)}::json) AS t (number int, code text, name text, plural text)
        ORDER BY number
        ON CONFLICT (custom_number) DO UPDATE
          SET name = excluded.name, plural = excluded.plural, active = true, version = transaction_types.version + 1
          WHERE (transaction_types.name, transaction_types.plural, transaction_types.active) IS DISTINCT FROM (excluded.name, excluded.plural, true)`,
  );
}
