import { z } from 'zod';
import { amount, businessDate, code, currencyCode, instant, stage, uuid } from '../primitives.js';

/** The stage of an account changed (COL-1). Aggregate: the account. */
export const stageChanged = z
  .object({
    accountId: uuid,
    stage,
    previousStage: stage,
    changedAt: instant,
    actor: z.string(),
    bulkActionId: uuid.nullable(),
  })
  .describe('The stage of an account in collections changed.');

/** Flags were added to or removed from an account (COL-2, BLK-10). */
export const flagsChanged = z
  .object({
    accountId: uuid,
    added: z.array(code),
    removed: z.array(code),
    changedAt: instant,
    actor: z.string(),
    bulkActionId: uuid.nullable(),
  })
  .describe('Flags were added to or removed from an account.');

/** An account was referred to a collection agency (AGY-2). Amount in minor units, as it stood that day. */
export const accountReferred = z
  .object({
    referralId: uuid,
    accountId: uuid,
    agencyCode: code,
    amount,
    currency: currencyCode,
    referredOn: businessDate,
    actor: z.string(),
    bulkActionId: uuid.nullable(),
  })
  .describe('An account was referred to a collection agency.');

/** A file reached its agency (AGY-4). Aggregate: the agency. `checksum` is SHA-256 in hex. */
export const agencyFileDelivered = z
  .object({
    deliveryId: uuid,
    agencyCode: code,
    fileSequence: z.int().min(1),
    fileName: z.string(),
    rows: z.int().min(0),
    totals: z.array(z.object({ currency: currencyCode, amount })),
    checksum: z.string().regex(/^[0-9a-f]{64}$/),
    deliveredAt: instant,
  })
  .describe('A file reached its agency; count, totals and checksum are those of the file.');

/** A bulk action ended; counts are of its items (BLK-2). Aggregate: the action. */
export const bulkActionEnded = z
  .object({
    bulkActionId: uuid,
    actionType: code,
    status: z.enum(['completed', 'completed-with-failures', 'cancelled']),
    actor: z.string(),
    counts: z.object({ selected: z.int(), done: z.int(), skipped: z.int(), failed: z.int() }),
    endedAt: instant,
  })
  .describe('A bulk action ended; the counts are of its items.');
