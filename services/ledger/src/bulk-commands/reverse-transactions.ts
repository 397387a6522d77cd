import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import type { ChunkOrigin } from './chunk-origin.js';
import { bookReversalsSql, reversalOutcomesSql, reversalTablesSql, stageReversalsSql } from './reversal-chunk.sql.js';

/** Reverses the write-offs of a chunk of accounts, which the caller has locked (LED-54). Every item is answered. */
export async function reverseTransactions(
  tx: Db,
  { items }: MessageData<'recoup.ledger.reverse-transactions.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  for (const statement of reversalTablesSql) await run(tx, statement);
  await run(tx, stageReversalsSql(items, origin));
  await run(tx, sql`ANALYZE reversal_items`);
  for (const statement of bookReversalsSql(origin)) await run(tx, statement);
  return rows<ItemOutcome>(tx, reversalOutcomesSql);
}
