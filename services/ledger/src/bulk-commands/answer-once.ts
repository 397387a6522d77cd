import type { MessageData } from '@recoup/contracts';
import { publish, row, run, sql, type Db } from '@recoup/service-kit';
import type { ChunkOrigin } from './chunk-origin.js';

/** What a chunk of a command is answered by. */
type AnswerType = 'recoup.ledger.chunk-executed.v1' | 'recoup.ledger.invoices-issued.v1';

/**
 * Answers a chunk: the first time by executing it and keeping the answer, then by the answer that was kept (LED-53).
 * Answer and effect commit together, so a chunk that comes again after a crash is either wholly new or wholly done.
 */
export async function answerOnce<T extends AnswerType>(
  tx: Db,
  { actionId, chunk, correlationId, causationId }: ChunkOrigin,
  type: T,
  execute: () => Promise<MessageData<T>>,
): Promise<void> {
  const kept = await row<{ answer: MessageData<T> }>(
    tx,
    sql`SELECT answer FROM command_answers WHERE action_id = ${actionId} AND chunk = ${chunk}`,
  );
  const answer = kept?.answer ?? (await execute());
  if (!kept)
    await run(
      tx,
      sql`INSERT INTO command_answers (action_id, chunk, answer) VALUES (${actionId}, ${chunk}, ${JSON.stringify(answer)}::json)`,
    );
  const key = `${actionId}:${chunk}`;
  await publish(tx, [{ type, key, subject: key, data: answer, correlationId, causationId }]);
}
