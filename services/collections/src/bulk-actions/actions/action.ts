import type { EligibilityAction } from '@recoup/contracts';
import type { BulkActionPermission, ChunkCounts, Db, RawBuilder, RunRow, sent } from '@recoup/service-kit';
import type { z } from 'zod';

/**
 * What an action adds to the preview's one statement. In it `selected` is the row selected (account_id, balance as of the
 * date; of an undo the item undone: amount, before, after, transaction_id, and undone, whether an undo did so before), `account` the projection's account.
 */
export interface PreviewParts {
  /** Further joins, beginning with JOIN or LEFT JOIN, or empty. */
  readonly joins: RawBuilder<unknown>;
  /** bigint: the effect in minor units; 0 where money does not move. */
  readonly amount: RawBuilder<unknown>;
  /** json: what the account is now and will be, as far as the action changes it; null where that is no state. */
  readonly before: RawBuilder<unknown>;
  readonly after: RawBuilder<unknown>;
  /** text: why an otherwise eligible account is skipped, or null. */
  readonly reason: RawBuilder<unknown>;
}

/** A chunk to carry out, in the transaction that also keeps its counts. */
export interface ChunkWork {
  readonly run: RunRow;
  readonly chunk: number;
  readonly parameters: unknown;
  /** The business clock's instant. */
  readonly now: string;
  readonly correlationId: string;
}

/** What carries out a chunk: its counts (a local action), or `sent` when another service will answer (a remote one). */
export type ExecuteChunk = (tx: Db, work: ChunkWork) => Promise<ChunkCounts | typeof sent>;

/** How an action is undone: items whose state is no longer the stored "after" are skipped `changed-since`. */
export interface Undo {
  /** Parts of the undo's preview; `parameters` are those of the action undone. */
  preview(parameters: unknown): PreviewParts;
  execute: ExecuteChunk;
}

/** One type of bulk action: who is eligible, what it computes at preview, who executes, how it is undone. */
export interface BulkAction {
  readonly type: BulkActionPermission;
  /** Strict schema of the parameters; each method reads them through it. */
  readonly parameters: z.ZodType;
  readonly eligibility: EligibilityAction;
  /** Refuses parameters that name what isn't there: 422. */
  check?(db: Db, parameters: unknown): Promise<void>;
  /** What a person should know before confirming, as codes. */
  warnings?(parameters: unknown): readonly string[];
  preview(parameters: unknown): PreviewParts;
  execute: ExecuteChunk;
  /** Absent where the table says that there is no undo. */
  readonly undo?: Undo;
  /** What belongs to the end of the action, in the transaction that ends it. */
  ended?(tx: Db, work: Omit<ChunkWork, 'chunk'>): Promise<void>;
}
