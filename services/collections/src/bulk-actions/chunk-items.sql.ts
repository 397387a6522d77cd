import { eligibilityRows, type EligibilityAction } from '@recoup/contracts';
import { sql, type RawBuilder } from '@recoup/service-kit';
import type { ChunkWork } from './actions/action.js';

/** The accounts of a chunk that are still to be carried out. */
export function pendingAccounts({ run, chunk }: Pick<ChunkWork, 'run' | 'chunk'>): RawBuilder<unknown> {
  return sql`SELECT account_id FROM bulk_action_items WHERE action_id = ${run.id} AND chunk = ${chunk} AND status = 'pending'`;
}

/** The eligibility table of an action as a relation (status, reason), so that rule and query are one. */
export function eligibilitySql(action: EligibilityAction): RawBuilder<unknown> {
  const values = eligibilityRows(action).map(({ status, reason }) => sql`(${status}::text, ${reason}::text)`);
  return sql`(VALUES ${sql.join(values)}) AS eligibility (status, reason)`;
}

/**
 * Updates a chunk's items from what an action's statement has done to their accounts: done for those in `changed`, with
 * the state they really had; skipped for the rest, barred ones with their reason.
 * @param also further columns to set, beginning with a comma
 */
export function recordItems(
  { run, chunk }: Pick<ChunkWork, 'run' | 'chunk'>,
  before: RawBuilder<unknown>,
  otherwise: 'no-change' | 'changed-since',
  also: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  return sql`, recorded AS (
      UPDATE bulk_action_items i
      SET status = CASE WHEN c.account_id IS NULL THEN 'skipped' ELSE 'done' END,
          reason = CASE WHEN c.account_id IS NULL THEN coalesce(t.barred, ${otherwise}) END,
          before = CASE WHEN c.account_id IS NULL THEN i.before ELSE ${before} END ${also}
      FROM target t LEFT JOIN changed c ON c.account_id = t.account_id
      WHERE i.action_id = ${run.id} AND i.chunk = ${chunk} AND i.account_id = t.account_id AND i.status = 'pending'
      RETURNING i.status, i.amount)`;
}

/** The chunk's counts over `recorded`. */
export const countRecorded: RawBuilder<unknown> = sql`
  SELECT count(*) FILTER (WHERE status = 'done') AS done, count(*) FILTER (WHERE status = 'skipped') AS skipped, 0 AS failed,
         coalesce(sum(amount) FILTER (WHERE status = 'done'), 0)::bigint AS amount
  FROM recorded`;
