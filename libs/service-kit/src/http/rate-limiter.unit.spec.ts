import { describe, expect, it } from '@jest/globals';
import { RateLimiter } from './rate-limiter.js';

describe('the rate limit', () => {
  it('refuses above the limit, by key, until the window turns', () => {
    let now = 0;
    const limiter = new RateLimiter(2, () => now);
    limiter.take('a');
    limiter.take('a');
    expect(() => limiter.take('a')).toThrow(expect.objectContaining({ code: 'too-many-requests' }));
    expect(() => limiter.take('b')).not.toThrow();
    now = 10_000;
    expect(() => limiter.take('a')).not.toThrow();
  });

  it('is off with 0', () => {
    const limiter = new RateLimiter(0);
    for (let count = 0; count < 1000; count += 1) limiter.take('a');
    expect(limiter.requestsMax).toBe(0);
  });
});
