import { chunkExecuted, type ItemOutcome } from '@recoup/contracts';
import { publish, row, run, sql, type Db } from '@recoup/service-kit';
import type { z } from 'zod';
import type { ChunkOrigin } from './chunk-origin.js';

type Answer = z.infer<typeof chunkExecuted>;

/**
 * Answers a chunk: the first time by executing it and keeping the answer, then by the answer that was kept (LED-53).
 * Answer and effect commit together, so a chunk that comes again after a crash is either wholly new or wholly done.
 */
export async function answerChunk(tx: Db, origin: ChunkOrigin, execute: () => Promise<ItemOutcome[]>): Promise<void> {
  const { actionId, chunk } = origin;
  const kept = await row<{ answer: Answer }>(
    tx,
    sql`SELECT answer FROM command_answers WHERE action_id = ${actionId} AND chunk = ${chunk}`,
  );
  const answer = kept?.answer ?? { actionId, chunk, items: await execute() };
  if (!kept)
    await run(
      tx,
      sql`INSERT INTO command_answers (action_id, chunk, answer) VALUES (${actionId}, ${chunk}, ${JSON.stringify(answer)}::json)`,
    );
  const key = `${actionId}:${chunk}`;
  const { correlationId, causationId } = origin;
  await publish(tx, [
    { type: 'recoup.ledger.chunk-executed.v1', key, subject: key, data: answer, correlationId, causationId },
  ]);
}
