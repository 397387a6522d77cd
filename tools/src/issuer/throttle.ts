/** How many failures within which time close a key (a user name or an address) for the rest of that time. */
export interface ThrottleLimit {
  failures: number;
  windowSeconds: number;
}

/** Beyond this many keys the oldest are forgotten, so that guessing random names cannot fill the memory. */
const maximumKeys = 10_000;

/**
 * Counts failed sign-ins by key in a sliding window (S8). It is kept in memory: the local issuer is one process, and a
 * restart that forgets five minutes of failures gives nothing away.
 */
export class Throttle {
  private readonly failures = new Map<string, number[]>();

  constructor(
    private readonly limit: ThrottleLimit,
    private readonly now: () => number,
  ) {}

  /** Seconds until the key may try again; 0 when it may try now. */
  secondsToWait(key: string): number {
    const recent = this.recent(key);
    const oldest = recent.at(-this.limit.failures);
    if (oldest === undefined) return 0;
    return Math.max(1, Math.ceil((oldest + this.limit.windowSeconds * 1000 - this.now()) / 1000));
  }

  fail(key: string): void {
    const recent = [...this.recent(key), this.now()].slice(-this.limit.failures);
    this.failures.delete(key);
    this.failures.set(key, recent);
    if (this.failures.size > maximumKeys) {
      const oldestKey = this.failures.keys().next().value;
      if (oldestKey !== undefined) this.failures.delete(oldestKey);
    }
  }

  clear(key: string): void {
    this.failures.delete(key);
  }

  private recent(key: string): number[] {
    const since = this.now() - this.limit.windowSeconds * 1000;
    return (this.failures.get(key) ?? []).filter((at) => at > since);
  }
}
