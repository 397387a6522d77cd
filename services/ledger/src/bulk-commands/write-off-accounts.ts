import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import { linesMax } from '../postings/allocation.js';
import { auditSql, balancesSql, bookedSql, bookingDataSql, outcomesSql, publishEventsSql } from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { bookChunk, stageChunk } from './execute-chunk.js';
import { bookedBy, type Judgement } from './stage-items.sql.js';
import { holdTypeSql, openSelfLinesSql, stageWriteOffsSql, stageWrittenOffLinesSql } from './write-off-chunk.sql.js';

/**
 * Writes off the balances of a chunk of accounts, which the caller has locked (LED-51): each by the lesser of what was
 * previewed and what is owed now, oldest due first. Every item is answered; none makes the chunk fail.
 */
export async function writeOffAccounts(
  tx: Db,
  { items, transactionTypeCode }: MessageData<'recoup.ledger.write-off-accounts.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  await run(tx, holdTypeSql(transactionTypeCode));
  await stageChunk(tx, items, origin, judged(transactionTypeCode, origin));
  await run(tx, stageWriteOffsSql(transactionTypeCode, origin.actionId));
  await run(tx, stageWrittenOffLinesSql(transactionTypeCode));
  await bookChunk(tx, origin);
  const data = bookingDataSql(origin, sql`'commandId', t.command_id`);
  const events = sql`SELECT t.account_id, 1, 'recoup.ledger.written-off.v1', ${data} ${bookedSql}`;
  await run(tx, publishEventsSql(events, origin));
  await run(tx, auditSql(origin, 'write-off', 'transaction', balancesSql));
  return rows<ItemOutcome>(tx, outcomesSql('transaction'));
}

function judged(typeCode: string, origin: ChunkOrigin): Judgement {
  return {
    eligibility: 'write-off',
    joins: sql``,
    amount: sql`least((w.item ->> 'previewedAmount')::bigint, a.balance)`,
    alreadyBooked: bookedBy(origin),
    verdicts: sql`
      WHEN NOT EXISTS (SELECT FROM transaction_types t WHERE t.code = ${typeCode} AND t.kind = 'write-off' AND t.active)
        THEN 'failed:unknown-transaction-type'
      WHEN a.balance = 0 THEN 'skipped:nothing-open'
      WHEN ${openSelfLinesSql} > ${linesMax}::int THEN 'failed:too-many-lines'`,
  };
}
