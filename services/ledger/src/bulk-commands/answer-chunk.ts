import type { ItemOutcome, MessageData } from '@recoup/contracts';
import type { Db, ReceivedMessage } from '@recoup/service-kit';
import { addFees } from './add-fees.js';
import { answerOnce } from './answer-once.js';
import type { ChunkOrigin } from './chunk-origin.js';
import type { BulkCommand } from './command-types.js';
import { freezeAccounts } from './freeze-accounts.js';
import { recallBalances } from './recall-balances.js';
import { referBalances } from './refer-balances.js';
import { reverseTransactions } from './reverse-transactions.js';
import { rollBackFreezes } from './roll-back-freezes.js';
import { writeOffAccounts } from './write-off-accounts.js';

type Execute<T extends BulkCommand> = (tx: Db, data: MessageData<T>, origin: ChunkOrigin) => Promise<ItemOutcome[]>;

const executions: { readonly [T in BulkCommand]: Execute<T> } = {
  'recoup.ledger.write-off-accounts.v1': writeOffAccounts,
  'recoup.ledger.add-fees.v1': addFees,
  'recoup.ledger.freeze-accounts.v1': freezeAccounts,
  'recoup.ledger.roll-back-freezes.v1': rollBackFreezes,
  'recoup.ledger.refer-balances.v1': referBalances,
  'recoup.ledger.recall-balances.v1': recallBalances,
  'recoup.ledger.reverse-transactions.v1': reverseTransactions,
};

/** Executes a chunk whose accounts the caller has locked, once, and answers it each time that it is asked for. */
export function answerChunk<T extends BulkCommand>(
  tx: Db,
  { type, data }: Pick<ReceivedMessage<T>, 'type' | 'data'>,
  origin: ChunkOrigin,
): Promise<void> {
  const { actionId, chunk } = origin;
  const execute: Execute<T> = executions[type];
  return answerOnce(tx, origin, 'recoup.ledger.chunk-executed.v1', async () => ({
    actionId,
    chunk,
    items: await execute(tx, data, origin),
  }));
}
