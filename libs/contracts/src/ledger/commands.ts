import { z } from 'zod';
import { amount, code, positiveAmount, uuid } from '../primitives.js';

/** Who asked, on whose approval, and which offices that person may act on (codes, or `*`). */
export const commandOrigin = z.object({
  actionId: uuid,
  chunk: z.int().min(0),
  actor: z.string().min(1),
  approver: z.string().nullable(),
  offices: z.array(z.string()).min(1),
});

/** Most items that one chunk may carry. */
export const chunkItemsMax = 1000;

/** Write off the balances of a chunk of accounts: the lesser of the previewed and the current balance (LED-51). */
export const writeOffAccounts = commandOrigin
  .extend({
    transactionTypeCode: code,
    items: z
      .array(z.object({ accountId: uuid, previewedAmount: positiveAmount }))
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to write off the balances of a chunk of accounts.');

/** Reverse transactions that an earlier action booked, one an account (LED-54). */
export const reverseTransactions = commandOrigin
  .extend({
    items: z
      .array(z.object({ accountId: uuid, transactionId: uuid }))
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to reverse transactions that an earlier action booked, one an account.');

/** How an item of a chunk ended (LED-53). */
export const itemOutcome = z
  .object({
    accountId: uuid,
    status: z.enum(['done', 'skipped', 'failed']),
    reason: code.nullable(),
    amount,
    currentAmount: amount.nullable(),
    transactionId: uuid.nullable(),
  })
  .describe('How one account of a chunk ended: done, skipped or failed, and why.');
export type ItemOutcome = z.infer<typeof itemOutcome>;

/** The answer to a chunk; the same answer however often the chunk is asked for. */
export const chunkExecuted = z
  .object({
    actionId: uuid,
    chunk: z.int().min(0),
    items: z.array(itemOutcome).min(1).max(chunkItemsMax),
  })
  .describe('The answer to a chunk; the same answer however often the chunk is asked for.');
