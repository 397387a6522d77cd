import { eligibilityRows, type EligibilityAction } from '@recoup/contracts';
import { sql, type RawBuilder } from '@recoup/service-kit';
import type { ChunkOrigin } from './chunk-origin.js';

/** What a command adds to the judgement that all have in common; the fragments read the item `w` and the account `a`. */
export interface Judgement {
  /** Row of the contracts' table that decides by the account's status; null where the status doesn't matter. */
  readonly eligibility: EligibilityAction | null;
  /** Joins that find what amount and verdicts need. */
  readonly joins: RawBuilder<unknown>;
  /** What the item is about, in minor units of the account's currency; may be null where nothing was found. */
  readonly amount: RawBuilder<unknown>;
  /** The id of the item's effect; a new one unless told. */
  readonly bookedId?: RawBuilder<unknown>;
  /** Whether this action has had its effect on the account already, in another chunk. */
  readonly alreadyBooked: RawBuilder<unknown>;
  /** Branches `WHEN … THEN 'skipped:<reason>'` or `'failed:<reason>'`, the first that holds; without any the item is done. */
  readonly verdicts: RawBuilder<unknown>;
}

/** Whether an action has booked a transaction on the account: its command id is unique by account. */
export function bookedBy({ actionId }: ChunkOrigin): RawBuilder<unknown> {
  return sql`EXISTS (SELECT FROM transactions t WHERE t.command_id = ${actionId} AND t.account_id = a.id)`;
}

/**
 * Judges a chunk's items as a set, under the locks of their accounts: named once, known and in the actor's offices, not
 * yet booked by this action, eligible by the table of the contracts, then what the command itself asks (LED-53).
 */
export function stageItemsSql(
  items: readonly object[],
  origin: ChunkOrigin,
  judgement: Judgement,
): RawBuilder<unknown> {
  const { eligibility, joins, bookedId = sql`uuidv7()`, amount, alreadyBooked, verdicts } = judgement;
  const offices = [...origin.offices];
  const statuses = eligibility === null ? [] : eligibilityRows(eligibility);
  return sql`
    INSERT INTO chunk_items
    SELECT w.position, w.account_id, w.item, a.office_id, a.currency, a.status, a.balance, a.credit, a.sequence, a.today, ${bookedId}, ${amount},
           split_part(v.verdict, ':', 1), nullif(split_part(v.verdict, ':', 2), '')
    FROM (SELECT item, (item ->> 'accountId')::uuid AS account_id, ordinality::int AS position,
                 row_number() OVER (PARTITION BY (item ->> 'accountId')::uuid ORDER BY ordinality) AS nth
          FROM json_array_elements(${JSON.stringify(items)}::json) WITH ORDINALITY AS t (item, ordinality)) w
    LEFT JOIN LATERAL (
      SELECT a.*, (${origin.recordedAt}::timestamptz AT TIME ZONE o.time_zone)::date AS today, o.apply_credit
      FROM accounts a JOIN offices o ON o.id = a.office_id
      WHERE a.id = w.account_id AND ('*' = ANY(${offices}::text[]) OR o.code = ANY(${offices}::text[]))) a ON true
    LEFT JOIN json_to_recordset(${JSON.stringify(statuses)}::json) AS e (status text, reason text) ON e.status = a.status
    ${joins}
    CROSS JOIN LATERAL (SELECT CASE
      WHEN w.nth > 1 THEN 'failed:repeated-account'
      WHEN a.id IS NULL THEN 'failed:unknown-account'
      WHEN ${alreadyBooked} THEN 'skipped:already-booked'
      WHEN e.reason IS NOT NULL THEN 'skipped:' || e.reason
      ${verdicts}
      ELSE 'done:' END AS verdict) v`;
}
