import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { Clock, row, sql, type Db, type ReceivedMessage, type Run } from '@recoup/service-kit';
import { addFees } from './add-fees.js';
import { answerOnce } from './answer-once.js';
import { originOf, type ChunkOrigin } from './chunk-origin.js';
import { freezeAccounts } from './freeze-accounts.js';
import { recallBalances } from './recall-balances.js';
import { referBalances } from './refer-balances.js';
import { reverseTransactions } from './reverse-transactions.js';
import { rollBackFreezes } from './roll-back-freezes.js';
import { writeOffAccounts } from './write-off-accounts.js';

/** The commands of bulk actions that the ledger executes. */
export type BulkCommand =
  | 'recoup.ledger.write-off-accounts.v1'
  | 'recoup.ledger.add-fees.v1'
  | 'recoup.ledger.freeze-accounts.v1'
  | 'recoup.ledger.roll-back-freezes.v1'
  | 'recoup.ledger.refer-balances.v1'
  | 'recoup.ledger.recall-balances.v1'
  | 'recoup.ledger.reverse-transactions.v1';

type Execute<T extends BulkCommand> = (tx: Db, data: MessageData<T>, origin: ChunkOrigin) => Promise<ItemOutcome[]>;

/** Chunks of bulk actions that another service asks for: executed here, under our locks, and answered. */
@Controller()
export class BulkCommandsBus {
  constructor(private readonly clock: Clock) {}

  @EventPattern('recoup.ledger.write-off-accounts.v1')
  writeOff(@Payload() run: Run<'recoup.ledger.write-off-accounts.v1'>): Promise<void> {
    return this.executeEach(run, writeOffAccounts);
  }

  @EventPattern('recoup.ledger.add-fees.v1')
  addFees(@Payload() run: Run<'recoup.ledger.add-fees.v1'>): Promise<void> {
    return this.executeEach(run, addFees);
  }

  @EventPattern('recoup.ledger.freeze-accounts.v1')
  freeze(@Payload() run: Run<'recoup.ledger.freeze-accounts.v1'>): Promise<void> {
    return this.executeEach(run, freezeAccounts);
  }

  @EventPattern('recoup.ledger.roll-back-freezes.v1')
  rollBackFreezes(@Payload() run: Run<'recoup.ledger.roll-back-freezes.v1'>): Promise<void> {
    return this.executeEach(run, rollBackFreezes);
  }

  @EventPattern('recoup.ledger.refer-balances.v1')
  refer(@Payload() run: Run<'recoup.ledger.refer-balances.v1'>): Promise<void> {
    return this.executeEach(run, referBalances);
  }

  @EventPattern('recoup.ledger.recall-balances.v1')
  recall(@Payload() run: Run<'recoup.ledger.recall-balances.v1'>): Promise<void> {
    return this.executeEach(run, recallBalances);
  }

  @EventPattern('recoup.ledger.reverse-transactions.v1')
  reverse(@Payload() run: Run<'recoup.ledger.reverse-transactions.v1'>): Promise<void> {
    return this.executeEach(run, reverseTransactions);
  }

  private async executeEach<T extends BulkCommand>({ tx, messages }: Run<T>, execute: Execute<T>): Promise<void> {
    await lockAccounts(tx, messages);
    for (const message of messages) {
      const origin = originOf(message, this.clock);
      const { actionId, chunk } = origin;
      await answerOnce(tx, origin, 'recoup.ledger.chunk-executed.v1', async () => ({
        actionId,
        chunk,
        items: await execute(tx, message.data, origin),
      }));
    }
  }
}

/** Locks the accounts of all chunks of the run at once, in order of id: two runs that cross can't deadlock (law 9). */
async function lockAccounts(tx: Db, messages: readonly ReceivedMessage<BulkCommand>[]): Promise<void> {
  const ids = messages.flatMap(({ data }) => data.items.map(({ accountId }) => accountId));
  await row(
    tx,
    sql`SELECT count(*) AS locked FROM (SELECT FROM accounts WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE) a`,
  );
}
