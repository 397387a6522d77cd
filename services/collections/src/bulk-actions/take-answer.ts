import type { MessageData } from '@recoup/contracts';
import { finishChunk, row, run as execute, sql, type ChunkCounts, type Db, type RunRow } from '@recoup/service-kit';
import { placeOfItem } from './chunk-items.sql.js';

/**
 * Takes the owner's answer to a chunk: counts, each item's outcome and its audit line, in one transaction (LED-53).
 * A done item may have a reason too, such as `changed-since` of a rollback that left a part alone (LED-52).
 * Answers false when the chunk was finished before: the same answer twice is once.
 * @throws when the answer does not cover exactly the chunk's items; then nothing of it is taken.
 */
export async function takeAnswer(
  tx: Db,
  run: RunRow,
  answer: MessageData<'recoup.ledger.chunk-executed.v1'>,
  correlationId: string,
): Promise<boolean> {
  if (!(await finishChunk(tx, run.id, answer.chunk, countsOf(answer)))) return false;
  const taken = await row<{ items: number }>(
    tx,
    sql`WITH outcome AS (
          SELECT * FROM json_to_recordset(${JSON.stringify(answer.items)}::json)
            AS o ("accountId" uuid, status text, reason text, amount bigint, "currentAmount" bigint, "transactionId" uuid)),
        taken AS (
          UPDATE bulk_action_items i
          SET status = o.status, reason = coalesce(o.reason, CASE WHEN o.status <> 'done' THEN 'not-told' END),
              amount = CASE WHEN o.status = 'done' THEN o.amount ELSE 0 END,
              current_amount = coalesce(o."currentAmount", i.current_amount), transaction_id = o."transactionId",
              after = CASE WHEN o.status = 'done' THEN json_build_object('amount', o.amount, 'transactionId', o."transactionId") ELSE i.after END
          FROM outcome o CROSS JOIN ${placeOfItem(run.id, sql`o."accountId"`)}
          WHERE i.ctid = place.ctid AND i.chunk = ${answer.chunk} AND i.status = 'pending'
          RETURNING i.account_id, i.status, i.before, i.after),
        audited AS (
          INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, before, after, correlation_id)
          SELECT ${run.actor}, ${run.type}, 'account', account_id, account_id, ${run.id}::uuid, before::jsonb, after::jsonb, ${correlationId}
          FROM taken WHERE status = 'done')
        SELECT count(*) AS items FROM taken`,
  );
  if (taken?.items !== answer.items.length) throw new Error('The answer names other accounts than the chunk has');
  // What follows from the counts (progress) moves with them.
  await execute(tx, sql`UPDATE bulk_actions SET moved_at = clock_timestamp() WHERE id = ${run.id}`);
  return true;
}

/** How the items ended; the amount is that of the done ones. */
function countsOf({ items }: MessageData<'recoup.ledger.chunk-executed.v1'>): ChunkCounts {
  const counts = { done: 0, skipped: 0, failed: 0, amount: 0 };
  for (const { status, amount } of items) {
    counts[status] += 1;
    if (status === 'done') counts.amount += amount;
  }
  return counts;
}
