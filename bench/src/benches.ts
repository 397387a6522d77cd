import type { Service } from '@recoup/tools/ports';
import { asOf } from './as-of.js';
import { bulkStage } from './bulk-stage.js';
import { bulkWriteOff } from './bulk-write-off.js';
import { importRows } from './import-rows.js';
import { posting } from './posting.js';
import { trialBalance } from './trial-balance.js';

/** What a bench is told: how large its books are (its own size, unless told), how many pairs it runs, and the seed of its data. */
export interface BenchOptions {
  readonly accounts: number | undefined;
  /** Invoices of each account; each brings 1 movement, and 3 more when it is paid. */
  readonly invoices: number;
  /** Least total of an invoice, in minor units, where a bench needs more than usual. */
  readonly leastTotal?: number;
  /** Databases that are seeded and verified: the ledger's first, and collections'. */
  readonly services: readonly Service[];
  /** Rows of the file that an import takes. */
  readonly rows: number;
  readonly pairs: number;
  /** Write-offs of each leg of posting. */
  readonly writeOffs: number;
  readonly seed: number;
  /** A folder in which the books are kept for the next run; without it they go when the bench ends. */
  readonly home: string | undefined;
}

/** A bench prepares what it needs, runs both legs in turn, checks the invariants, and prints `ratio: median (min–max)` last. */
export type Bench = (options: BenchOptions) => Promise<void>;

/** Every bench by its name. */
export const benches: Readonly<Record<string, Bench>> = {
  'bulk-stage': bulkStage,
  'bulk-write-off': bulkWriteOff,
  posting,
  'as-of': asOf,
  'trial-balance': trialBalance,
  'import-rows': importRows,
};
