import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { Clock, correlationId, rows, sql, type Db, type ReceivedMessage, type Run } from '@recoup/service-kit';
import { answerChunk } from './answer-chunk.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { reverseTransactions } from './reverse-transactions.js';
import { writeOffAccounts } from './write-off-accounts.js';

type WriteOff = 'recoup.ledger.write-off-accounts.v1';
type Reverse = 'recoup.ledger.reverse-transactions.v1';

/** Chunks of bulk actions that another service asks for: executed here, under our locks, and answered. */
@Controller()
export class BulkCommandsBus {
  constructor(private readonly clock: Clock) {}

  @EventPattern('recoup.ledger.write-off-accounts.v1')
  async writeOff(@Payload() { tx, messages }: Run<WriteOff>): Promise<void> {
    await lockAccounts(tx, messages);
    for (const message of messages) {
      const origin = originOf(message, this.clock);
      await answerChunk(tx, origin, () => writeOffAccounts(tx, message.data, origin));
    }
  }

  @EventPattern('recoup.ledger.reverse-transactions.v1')
  async reverse(@Payload() { tx, messages }: Run<Reverse>): Promise<void> {
    await lockAccounts(tx, messages);
    for (const message of messages) {
      const origin = originOf(message, this.clock);
      await answerChunk(tx, origin, () => reverseTransactions(tx, message.data, origin));
    }
  }
}

/** Locks the accounts of all chunks of the run at once, in order of id: two runs that cross can't deadlock (law 9). */
async function lockAccounts(tx: Db, messages: readonly ReceivedMessage<WriteOff | Reverse>[]): Promise<void> {
  const ids = messages.flatMap(({ data }) => data.items.map(({ accountId }) => accountId));
  await rows(
    tx,
    sql`SELECT count(*) AS locked FROM (SELECT FROM accounts WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE) a`,
  );
}

function originOf(message: ReceivedMessage<WriteOff | Reverse>, clock: Clock): ChunkOrigin {
  const { actionId, chunk, actor, approver, offices } = message.data;
  const recordedAt = clock.now();
  const correlation = message.correlationId ?? correlationId();
  return {
    actionId,
    chunk,
    actor,
    approver,
    offices,
    recordedAt,
    correlationId: correlation,
    causationId: message.messageId,
  };
}
