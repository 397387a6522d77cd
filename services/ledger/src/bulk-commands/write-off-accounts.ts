import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import type { ChunkOrigin } from './chunk-origin.js';
import {
  bookWriteOffsSql,
  stageItemsSql,
  stageLinesSql,
  writeOffOutcomesSql,
  writeOffTablesSql,
} from './write-off-chunk.sql.js';

/**
 * Writes off the balances of a chunk of accounts, which the caller has locked (LED-51): each by the lesser of what was
 * previewed and what is owed now, oldest due first. Every item is answered; none makes the chunk fail.
 */
export async function writeOffAccounts(
  tx: Db,
  { items, transactionTypeCode }: MessageData<'recoup.ledger.write-off-accounts.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  for (const statement of writeOffTablesSql) await run(tx, statement);
  await run(tx, stageItemsSql(items, transactionTypeCode, origin));
  await run(tx, sql`ANALYZE write_off_items`);
  await run(tx, stageLinesSql);
  await run(tx, sql`ANALYZE write_off_lines`);
  for (const statement of bookWriteOffsSql(transactionTypeCode, origin)) await run(tx, statement);
  return rows<ItemOutcome>(tx, writeOffOutcomesSql);
}
