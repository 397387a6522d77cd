import { Injectable } from '@nestjs/common';
import { DomainError } from './problem.js';

const windowMs = 10_000;
const keysMax = 50_000;

/**
 * A plain limit of requests by key in windows of 10 s, in this process only: it protects one replica from a runaway
 * client (S23), it is no quota. `requestsMax` 0 switches it off.
 */
@Injectable()
export class RateLimiter {
  private counts = new Map<string, number>();
  private windowEndsAt = 0;

  constructor(
    readonly requestsMax: number,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /**
   * Counts a request.
   * @param times how many times the usual limit this key has
   * @throws DomainError 429 above the limit
   */
  take(key: string, times = 1): void {
    if (this.requestsMax === 0) return;
    this.turnWindow();
    const count = (this.counts.get(key) ?? 0) + 1;
    if (count > this.requestsMax * times)
      throw new DomainError(
        'too-many',
        'too-many-requests',
        `More than ${this.requestsMax * times} requests in 10 s. Wait a little.`,
      );
    if (count > 1 || this.counts.size < keysMax) this.counts.set(key, count);
  }

  private turnWindow(): void {
    const now = this.nowMs();
    if (now < this.windowEndsAt) return;
    this.windowEndsAt = now + windowMs;
    this.counts = new Map();
  }
}
