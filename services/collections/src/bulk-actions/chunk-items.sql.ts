import { eligibilityRows, type EligibilityAction } from '@recoup/contracts';
import { row, run as execute, sql, type ChunkCounts, type Db, type RawBuilder } from '@recoup/service-kit';
import type { ChunkWork } from './actions/action.js';

/** What names a chunk of an action. */
export type ChunkOf = Pick<ChunkWork, 'run' | 'chunk'>;

/** Condition: item `i` belongs to the chunk and is still to be carried out. The range of accounts makes the primary key serve it. */
export function pendingIn(runId: string, chunk: number): RawBuilder<unknown> {
  const bound = (name: 'first_account' | 'last_account'): RawBuilder<unknown> =>
    sql`(SELECT ${sql.raw(name)} FROM bulk_action_chunks WHERE action_id = ${runId} AND number = ${chunk})`;
  return sql`i.action_id = ${runId} AND i.account_id BETWEEN ${bound('first_account')} AND ${bound('last_account')}
    AND i.chunk = ${chunk} AND i.status = 'pending'`;
}

/** The accounts of a chunk that are still to be carried out. */
export function pendingAccounts({ run, chunk }: ChunkOf): RawBuilder<unknown> {
  return sql`SELECT i.account_id FROM bulk_action_items i WHERE ${pendingIn(run.id, chunk)}`;
}

/** Notes the range of accounts of each of an action's chunks, from `from` on. */
export function noteChunksSql(runId: string, from: number): RawBuilder<unknown> {
  return sql`INSERT INTO bulk_action_chunks (action_id, number, first_account, last_account)
    SELECT action_id, chunk, min(account_id::text COLLATE "C")::uuid, max(account_id::text COLLATE "C")::uuid
    FROM bulk_action_items WHERE action_id = ${runId} AND chunk >= ${from} GROUP BY action_id, chunk`;
}

/** The eligibility table of an action as a relation (status, reason), so that rule and query are one. */
export function eligibilitySql(action: EligibilityAction): RawBuilder<unknown> {
  const values = eligibilityRows(action).map(({ status, reason }) => sql`(${status}::text, ${reason}::text)`);
  return sql`(VALUES ${sql.join(values)}) AS eligibility (status, reason)`;
}

/**
 * The item of each account of a set, found by the primary key and named by its place: `… FROM set c CROSS JOIN <this> WHERE
 * i.ctid = place.ctid`. Joined directly, a new action looks to the planner like one row, and each chunk compared all items
 * of the action with all accounts of the chunk (2.4 s a chunk at 2,000 items, and growing).
 * @param accountId the account's id in the set
 */
export function placeOfItem(runId: string, accountId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`LATERAL (SELECT item.ctid FROM bulk_action_items item
    WHERE item.action_id = ${runId} AND item.account_id = ${accountId} OFFSET 0) place`;
}

/**
 * Marks the items of the accounts in `changed` as done, with the state that they really had: a part of an action's statement.
 * @param also further columns to set, beginning with a comma
 */
export function recordDone(
  { run }: Pick<ChunkWork, 'run'>,
  before: RawBuilder<unknown>,
  also: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  return sql`, recorded AS (
      UPDATE bulk_action_items i SET status = 'done', before = ${before} ${also}
      FROM changed c CROSS JOIN ${placeOfItem(run.id, sql`c.account_id`)}
      WHERE i.ctid = place.ctid AND i.status = 'pending' RETURNING i.amount)`;
}

/** What `recordDone` did, as the statement's result. */
export const countDone: RawBuilder<unknown> = sql`SELECT count(*) AS done, coalesce(sum(amount), 0)::bigint AS amount FROM recorded`;

/**
 * Carries out an action's statement on a chunk, then marks what it left alone as skipped: with the eligibility table's
 * reason, for an account may have changed since the preview, else with the action's own.
 * @param reason text over `i` the item, `account` and `state`
 * @param also further columns to set on skipped items, beginning with a comma
 */
export async function carryOut(
  tx: Db,
  { run, chunk }: ChunkOf,
  statement: RawBuilder<unknown>,
  skipped: { eligibility: EligibilityAction; reason: RawBuilder<unknown>; also?: RawBuilder<unknown> },
): Promise<ChunkCounts> {
  const done = await row<{ done: number; amount: number }>(tx, statement);
  const left = await execute(
    tx,
    sql`UPDATE bulk_action_items i SET status = 'skipped', amount = 0, reason = coalesce(eligibility.reason, ${skipped.reason}) ${skipped.also ?? sql``}
        FROM accounts account JOIN ${eligibilitySql(skipped.eligibility)} ON eligibility.status = account.status,
             account_states state
        WHERE ${pendingIn(run.id, chunk)}
          AND account.id = i.account_id AND state.account_id = i.account_id`,
  );
  return { done: done?.done ?? 0, skipped: left, failed: 0, amount: done?.amount ?? 0 };
}
