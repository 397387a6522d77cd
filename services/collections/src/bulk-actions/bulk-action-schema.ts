import { amount, businessDate, code, currencyCode, instant, signedAmount, uuid } from '@recoup/contracts';
import { z } from 'zod';
import { selectionSchema } from './selection.js';

const count = z.int().min(0);

const sums = {
  currency: currencyCode,
  accounts: count.describe('Accounts that are eligible, or were done'),
  asOfBalance: amount.describe('Balance as of the date, minor units'),
  currentBalance: amount.describe('Balance when it was previewed, or carried out, minor units'),
  amount: signedAmount.describe('Effect of the action, minor units; 0 where no money moves'),
};
const totals = z.array(z.strictObject(sums));
const officeTotals = z.array(z.strictObject({ officeCode: code, ...sums }));

const status = z.enum([
  'previewing',
  'preview',
  'awaiting-approval',
  'running',
  'paused',
  'completed',
  'completed-with-failures',
  'cancelled',
]);

/** An action as its undo names it. */
const undone = z.strictObject({
  id: uuid,
  type: z.string(),
  parameters: z.unknown(),
  actor: z.string(),
  startedAt: instant.nullable(),
  done: count.describe('Accounts on which it was carried out'),
  totals: totals.describe('One a currency, of those accounts'),
});

/** An undo as the action that it takes back names it. */
const undo = z.strictObject({ id: uuid, status, done: count.describe('Accounts that it has taken back') });

/**
 * A bulk action as the API shows it, and as the API's description tells it. Counts follow the run; reasons are the
 * preview's. Totals are the preview's until the action has ended, and then those of what was done; the preview's stay beside
 * them. The totals of the offices add up to those of their currency (CON-4).
 */
export const bulkActionSchema = z.strictObject({
  id: uuid,
  type: z.string(),
  status,
  hash: z.string().nullable().describe('What is confirmed: SHA-256 in hex; null until it is previewed'),
  counts: z.strictObject({ selected: count, eligible: count, skipped: count, done: count, failed: count }),
  totals: totals.describe('One a currency: of the eligible accounts, and once it has ended, of those that were done'),
  officeTotals: officeTotals.describe('The same by currency and office'),
  previewedTotals: totals.describe('One a currency, of the eligible accounts as they were previewed'),
  previewedOfficeTotals: officeTotals.describe(
    'The same by currency and office; empty for an action previewed before there were any',
  ),
  reasons: z.record(z.string(), count).describe('How many accounts are left out at the preview, by reason'),
  warnings: z.array(z.string()).describe('What a person should know before confirming'),
  asOf: businessDate,
  selection: selectionSchema,
  parameters: z.unknown(),
  undoOf: uuid.nullable(),
  undoes: undone.nullable().describe('Of an undo the action that it takes back'),
  undoneBy: z
    .array(undo)
    .describe(
      'What takes this action back, newest first; at most 10, without those cancelled before they did anything',
    ),
  problem: z.string().nullable().describe('Why it ended early or waits'),
  actor: z.string(),
  approver: z.string().nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  version: count,
});
export type BulkActionView = z.infer<typeof bulkActionSchema>;
