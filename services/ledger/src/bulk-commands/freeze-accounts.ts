import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { auditSql, outcomesSql, publishEventsSql } from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { stageChunk } from './execute-chunk.js';
import { statusEventsSql, subscriptionTablesSql } from './freeze-chunk.sql.js';
import type { Judgement } from './stage-items.sql.js';

type FreezeAccounts = MessageData<'recoup.ledger.freeze-accounts.v1'>;

/**
 * Freezes a chunk of accounts, which the caller has locked, with their active subscriptions (LED-52): what each was before
 * is kept, and the notes as they came, encrypted. Every item is answered; a freeze is no transaction.
 */
export async function freezeAccounts(tx: Db, command: FreezeAccounts, origin: ChunkOrigin): Promise<ItemOutcome[]> {
  const { items, cancellationReasonCode } = command;
  await stageChunk(tx, items, origin, judged(cancellationReasonCode, origin));
  for (const statement of [...subscriptionTablesSql, stageActiveSql, sql`ANALYZE chunk_subscriptions`])
    await run(tx, statement);
  for (const statement of freezeSql(command, origin)) await run(tx, statement);
  await run(tx, publishEventsSql(statusEventsSql, origin));
  const before = sql`jsonb_build_object('status', w.account_status)`;
  const after = sql`jsonb_build_object('status', a.status, 'cancellationReasonCode', ${cancellationReasonCode}::text,
    'subscriptions', (SELECT count(*) FROM chunk_subscriptions s WHERE s.account_id = w.account_id))`;
  await run(tx, auditSql(origin, 'freeze', 'freeze', { before, after }));
  return rows<ItemOutcome>(tx, outcomesSql('freeze'));
}

function judged(reasonCode: string, { actionId }: ChunkOrigin): Judgement {
  return {
    eligibility: 'freeze',
    joins: sql``,
    amount: sql`0`,
    alreadyBooked: sql`EXISTS (SELECT FROM freezes f WHERE f.action_id = ${actionId}::uuid AND f.account_id = a.id)`,
    verdicts: sql`
      WHEN NOT EXISTS (SELECT FROM cancellation_reasons c WHERE c.code = ${reasonCode}) THEN 'failed:unknown-cancellation-reason'`,
  };
}

const stageActiveSql = sql`
  INSERT INTO chunk_subscriptions
  SELECT w.account_id, w.booked_id, s.id, s.status, 'frozen' FROM chunk_items w JOIN subscriptions s ON s.account_id = w.account_id
  WHERE w.status = 'done' AND s.status = 'active'`;

/** The freeze with what each was before, then the statuses. */
function freezeSql({ cancellationReasonCode, notes }: FreezeAccounts, origin: ChunkOrigin): RawBuilder<unknown>[] {
  const { actionId, actor, recordedAt } = origin;
  return [
    sql`INSERT INTO freezes (id, account_id, action_id, prior_status, cancellation_reason_code, notes, actor, frozen_at)
        SELECT w.booked_id, w.account_id, ${actionId}, w.account_status, ${cancellationReasonCode},
               CASE WHEN a.erased_at IS NULL THEN ${notes && JSON.stringify(notes)}::jsonb END,
               ${actor}, ${recordedAt}::timestamptz
        FROM chunk_items w JOIN accounts a ON a.id = w.account_id WHERE w.status = 'done'`,
    sql`INSERT INTO frozen_subscriptions (freeze_id, subscription_id, prior_status)
        SELECT freeze_id, subscription_id, prior_status FROM chunk_subscriptions`,
    sql`UPDATE subscriptions s SET status = 'frozen', version = s.version + 1 FROM chunk_subscriptions c WHERE s.id = c.subscription_id`,
    sql`UPDATE accounts a SET status = 'frozen', version = a.version + 1 FROM chunk_items w WHERE w.status = 'done' AND a.id = w.account_id`,
  ];
}
