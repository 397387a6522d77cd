import { run, sql, type Db } from '@recoup/service-kit';
import { bookPostingsSql, bookTransactionsSql } from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { chunkTablesSql } from './chunk-tables.sql.js';
import { stageItemsSql, type Judgement } from './stage-items.sql.js';

/** Stages and judges a chunk's items, whose accounts the caller has locked. */
export async function stageChunk(
  tx: Db,
  items: readonly object[],
  origin: ChunkOrigin,
  judgement: Judgement,
): Promise<void> {
  for (const statement of chunkTablesSql) await run(tx, statement);
  await run(tx, stageItemsSql(items, origin, judgement));
  await run(tx, sql`ANALYZE chunk_items`);
}

/** Books what was staged: transactions, then what stands `between` because it names them, then postings. */
export async function bookChunk(tx: Db, origin: ChunkOrigin, between: Parameters<typeof run>[1][] = []): Promise<void> {
  await run(tx, sql`ANALYZE chunk_transactions, chunk_postings`);
  for (const statement of [bookTransactionsSql(origin), ...between, bookPostingsSql]) await run(tx, statement);
}
