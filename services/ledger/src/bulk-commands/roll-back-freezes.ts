import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { auditSql, outcomesSql, publishEventsSql } from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { stageChunk } from './execute-chunk.js';
import { statusEventsSql, subscriptionTablesSql } from './freeze-chunk.sql.js';
import type { Judgement } from './stage-items.sql.js';

/** Whether the item names subscriptions; otherwise the account is set back with all that its freeze froze. */
const namedSql = sql`json_typeof(w.item -> 'subscriptionIds') = 'array'`;

/** What the freeze `f` froze, was not set back yet and is asked for: rows `z` with the subscription `s` as it is now. */
const askedSql = sql`
  frozen_subscriptions z JOIN subscriptions s ON s.id = z.subscription_id
  WHERE z.freeze_id = f.id AND z.rolled_back_at IS NULL
    AND (NOT ${namedSql} OR s.id::text IN (SELECT json_array_elements_text(w.item -> 'subscriptionIds')))`;

/**
 * Rolls back freezes of a chunk of accounts, which the caller has locked (LED-52): an account with its subscriptions, the
 * subscriptions named, or what one action froze. What is no longer frozen was changed in between: it is left alone, and
 * the reason `changed-since` says so, also where the rest is done.
 */
export async function rollBackFreezes(
  tx: Db,
  { items, freezeActionId }: MessageData<'recoup.ledger.roll-back-freezes.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  await stageChunk(tx, items, origin, judged(freezeActionId, origin));
  const statements = [
    ...subscriptionTablesSql,
    stageFrozenSql,
    sql`ANALYZE chunk_subscriptions`,
    ...setBackSql(origin),
  ];
  for (const statement of statements) await run(tx, statement);
  await run(tx, publishEventsSql(statusEventsSql, origin));
  const before = sql`jsonb_build_object('status', w.account_status)`;
  const after = sql`jsonb_build_object('status', a.status, 'reason', w.reason,
    'subscriptions', (SELECT count(*) FROM chunk_subscriptions s WHERE s.account_id = w.account_id))`;
  await run(tx, auditSql(origin, 'roll-back-freeze', 'freeze', { before, after }));
  return rows<ItemOutcome>(tx, outcomesSql('freeze'));
}

function judged(freezeActionId: string | null, { actionId }: ChunkOrigin): Judgement {
  const which = freezeActionId === null ? sql`f.rolled_back_at IS NULL` : sql`f.action_id = ${freezeActionId}`;
  return {
    eligibility: 'freeze-rollback',
    joins: sql`
      LEFT JOIN LATERAL (SELECT f.id, f.rolled_back_at FROM freezes f WHERE f.account_id = a.id AND ${which}) f ON true
      LEFT JOIN LATERAL (SELECT count(*) AS asked, count(*) FILTER (WHERE s.status = 'frozen') AS frozen FROM ${askedSql}) s ON true`,
    bookedId: sql`f.id`,
    amount: sql`0`,
    alreadyBooked: sql`EXISTS (
      SELECT FROM freezes r LEFT JOIN frozen_subscriptions z ON z.freeze_id = r.id
      WHERE r.account_id = a.id AND ${actionId}::uuid IN (r.rolled_back_action, z.rolled_back_action))`,
    verdicts: sql`
      WHEN f.id IS NULL THEN 'failed:unknown-freeze'
      WHEN f.rolled_back_at IS NOT NULL THEN 'skipped:already-rolled-back'
      WHEN ${namedSql} AND s.asked = 0 THEN 'skipped:not-frozen'
      WHEN ${namedSql} AND s.frozen = 0 THEN 'skipped:changed-since'
      WHEN s.frozen < s.asked THEN 'done:changed-since'`,
  };
}

const stageFrozenSql = sql`
  INSERT INTO chunk_subscriptions
  SELECT w.account_id, f.id, z.id, z.status, z.prior_status
  FROM chunk_items w JOIN freezes f ON f.id = w.booked_id CROSS JOIN LATERAL (SELECT z.prior_status, s.id, s.status FROM ${askedSql}) z
  WHERE w.status = 'done' AND z.status = 'frozen'`;

/** Subscriptions first; the account, and with it the freeze, where the item doesn't name subscriptions. */
function setBackSql({ actionId, actor, recordedAt }: ChunkOrigin): RawBuilder<unknown>[] {
  return [
    sql`UPDATE subscriptions s SET status = c.next_status, version = s.version + 1 FROM chunk_subscriptions c WHERE s.id = c.subscription_id`,
    sql`UPDATE frozen_subscriptions z SET rolled_back_at = ${recordedAt}::timestamptz, rolled_back_action = ${actionId}
        FROM chunk_subscriptions c WHERE z.freeze_id = c.freeze_id AND z.subscription_id = c.subscription_id`,
    sql`UPDATE accounts a SET status = f.prior_status, version = a.version + 1
        FROM chunk_items w JOIN freezes f ON f.id = w.booked_id
        WHERE w.status = 'done' AND NOT ${namedSql} AND a.id = w.account_id`,
    sql`UPDATE freezes f SET rolled_back_by = ${actor}, rolled_back_at = ${recordedAt}::timestamptz, rolled_back_action = ${actionId}
        FROM chunk_items w WHERE w.status = 'done' AND NOT ${namedSql} AND f.id = w.booked_id`,
  ];
}
