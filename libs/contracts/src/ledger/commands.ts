import { z } from 'zod';
import { amount, businessDate, code, currencyCode, positiveAmount, uuid } from '../primitives.js';

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

/**
 * Add fees to a chunk of accounts: one new invoice an account, dated and due on the day of booking, with the lines that the
 * caller computed and a person verified (LED-50; `rulings`, 2 and 3). `currency` is that of the amounts; an account of
 * another currency is skipped.
 */
export const addFees = commandOrigin
  .extend({
    items: z
      .array(
        z.object({
          accountId: uuid,
          currency: currencyCode,
          lines: z
            .array(z.object({ serviceTypeCode: code, amount: positiveAmount }))
            .min(1)
            .max(100),
        }),
      )
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to add a fee invoice to each account of a chunk.');

/** Notes of people, encrypted like contact data with the id of the action as additional data: topics carry no free text. */
export const sealedNotes = z
  .object({ keyId: z.string().min(1), nonce: z.base64(), ciphertext: z.base64() })
  .describe('A text that people wrote, encrypted (AES-256-GCM).');

/** Freeze a chunk of accounts with their active subscriptions (LED-52). */
export const freezeAccounts = commandOrigin
  .extend({
    cancellationReasonCode: code,
    notes: sealedNotes.nullable(),
    items: z
      .array(z.object({ accountId: uuid }))
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to freeze a chunk of accounts with their active subscriptions.');

/**
 * Roll back freezes of a chunk of accounts: of an account and its subscriptions, of the subscriptions named, or what one
 * freeze action froze (LED-52). What changed in between is left alone.
 */
export const rollBackFreezes = commandOrigin
  .extend({
    freezeActionId: uuid.nullable(),
    items: z
      .array(z.object({ accountId: uuid, subscriptionIds: z.array(uuid).min(1).max(100).nullable() }))
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to set back what a freeze changed, on a chunk of accounts.');

/** Refer the balances of a chunk of accounts to an agency's payer, closing them by a custom write-off (LED-41). */
export const referBalances = commandOrigin
  .extend({
    payerCode: code,
    transactionTypeCode: code,
    items: z
      .array(z.object({ accountId: uuid, previewedAmount: positiveAmount }))
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to refer the balances of a chunk of accounts to an agency.');

/** Recall what an agency has not collected of a chunk of accounts (LED-42). */
export const recallBalances = commandOrigin
  .extend({
    payerCode: code,
    items: z
      .array(z.object({ accountId: uuid }))
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to recall what an agency has not collected of a chunk of accounts.');

/**
 * Issue invoices that another system made, such as billing (LED-22). The sender chooses `actionId` and counts its chunks from
 * 0: the same chunk sent again has one effect and gets the same answer. Accounts are named as people name them.
 */
export const issueInvoices = commandOrigin
  .extend({
    invoices: z
      .array(
        z.object({
          officeCode: code,
          accountNumber: z.string().min(1).max(200),
          number: z.string().min(1).max(200),
          invoiceDate: businessDate,
          dueDate: businessDate,
          currency: currencyCode,
          lines: z
            .array(z.object({ serviceTypeCode: code, dateOfService: businessDate, amount }))
            .min(1)
            .max(100),
        }),
      )
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('Asks the ledger to issue invoices that another system made.');

/** The answer to `issueInvoices`, in its order; the same answer however often it is asked for. */
export const invoicesIssued = z
  .object({
    actionId: uuid,
    chunk: z.int().min(0),
    invoices: z
      .array(
        z.object({
          officeCode: code,
          number: z.string(),
          status: z.enum(['done', 'failed']),
          reason: code.nullable(),
          invoiceId: uuid.nullable(),
        }),
      )
      .min(1)
      .max(chunkItemsMax),
  })
  .describe('The answer to invoices that another system made: issued, or why not.');

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
