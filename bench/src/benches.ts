/** What a bench is told: how large its books are, how many pairs it runs, and the seed of its data. */
export interface BenchOptions {
  readonly accounts: number;
  readonly pairs: number;
  readonly seed: number;
}

/** A bench prepares what it needs, runs both legs in turn, checks the invariants, and prints `ratio: median (min–max)` last. */
export type Bench = (options: BenchOptions) => Promise<void>;

/** Every bench by its name. */
export const benches: Readonly<Record<string, Bench>> = {};
