import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import { auditSql, balancesSql, bookedSql, bookingDataSql, outcomesSql, publishEventsSql } from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { bookChunk, stageChunk } from './execute-chunk.js';
import { reversalJoinsSql, reversalVerdictsSql, stageMirrorsSql, stageReversalsSql } from './reversal-chunk.sql.js';
import { bookedBy } from './stage-items.sql.js';

/**
 * Reverses what an earlier action booked on a chunk of accounts, which the caller has locked (LED-54): one transaction an
 * account, each by the mirror image effective today. Later payments don't matter where what was closed can open again; a
 * fee of which anything was paid stays (`rulings`, 5). The status of an account is no hindrance. Every item is answered.
 */
export async function reverseTransactions(
  tx: Db,
  { items }: MessageData<'recoup.ledger.reverse-transactions.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  await stageChunk(tx, items, origin, {
    eligibility: null,
    joins: reversalJoinsSql,
    amount: sql`t.amount`,
    alreadyBooked: bookedBy(origin),
    verdicts: reversalVerdictsSql,
  });
  await run(tx, stageReversalsSql(origin.actionId));
  await run(tx, sql`ANALYZE chunk_transactions`);
  await run(tx, stageMirrorsSql);
  await bookChunk(tx, origin);
  const data = bookingDataSql(origin, sql`'reversesTransactionId', t.reverses_id, 'commandId', t.command_id`);
  const events = sql`SELECT t.account_id, 1, 'recoup.ledger.transaction-reversed.v1', ${data} ${bookedSql}`;
  await run(tx, publishEventsSql(events, origin));
  const { before, after } = balancesSql;
  const reversed = sql`${after} || jsonb_build_object('reverses', w.item ->> 'transactionId')`;
  await run(tx, auditSql(origin, 'reverse', 'transaction', { before, after: reversed }));
  return rows<ItemOutcome>(tx, outcomesSql('transaction'));
}
