import type { RunHandler } from '../bus/consume-batch.js';
import { publish } from '../bus/outbox.js';
import { rows, run, sql, transaction, type Db } from '../database/database.js';

/** Accounts whose stage changes a bus test publishes, each with its running number. */
export async function newAccounts(db: Db, count: number): Promise<string[]> {
  const made = await rows<{ id: string }>(
    db,
    sql`INSERT INTO producing_accounts SELECT gen_random_uuid(), 0 FROM generate_series(1, ${count}) RETURNING id`,
  );
  return made.map(({ id }) => id);
}

/** The data of a stage change. */
export function stageChange(accountId: string) {
  const changedAt = '2026-11-22T00:00:00Z';
  return {
    accountId,
    stage: 'pending',
    previousStage: 'not-set',
    changedAt,
    actor: 'test',
    bulkActionId: null,
  } as const;
}

/**
 * Writes a stage change of up to `count` random ones of the accounts, as a service does: the accounts' rows locked first,
 * in order of id. Commits at a random time after.
 */
export async function writeEvents(db: Db, accounts: readonly string[], count: number): Promise<void> {
  await transaction(db, async (tx) => {
    const drawn = Array.from({ length: count }, () => accounts[Math.floor(Math.random() * accounts.length)]);
    const locked = await rows<{ id: string; sequence: number }>(
      tx,
      sql`WITH locked AS (SELECT id FROM producing_accounts WHERE id = ANY(${[...new Set(drawn)]}::uuid[]) ORDER BY id FOR UPDATE)
          UPDATE producing_accounts a SET sequence = sequence + 1 FROM locked WHERE a.id = locked.id RETURNING a.id, a.sequence`,
    );
    await publish(
      tx,
      locked.map(({ id, sequence }) => ({
        type: 'recoup.collections.stage-changed.v1',
        key: id,
        subject: id,
        sequence,
        data: stageChange(id),
      })),
    );
    await pause(Math.random() * 20);
  });
}

/** A handler that leaves one row a message and says how many came together. */
export const recordEffects: RunHandler = async ({ tx, messages }) => {
  const records = messages.map(({ aggregateId, sequence, type }) => ({ aggregateId, sequence, type }));
  await run(
    tx,
    sql`INSERT INTO effects (aggregate_id, sequence, type, run_size)
        SELECT "aggregateId", sequence, type, ${messages.length}
        FROM json_to_recordset(${JSON.stringify(records)}::json) AS ("aggregateId" text, sequence bigint, type text)`,
  );
};

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
