import { describe, expect, it } from '@jest/globals';
import { businessDateOf, FixedClock } from './clock.js';

describe('a business date', () => {
  it.each([
    ['2026-03-01T04:59:59Z', 'America/New_York', '2026-02-28'],
    ['2026-03-01T05:00:00Z', 'America/New_York', '2026-03-01'],
    ['2026-02-28T15:00:00Z', 'Asia/Tokyo', '2026-03-01'],
    ['2026-03-29T22:30:00Z', 'Europe/Madrid', '2026-03-30'],
  ])('of %s in %s is %s', (instant, zone, date) => {
    expect(businessDateOf(instant, zone)).toBe(date);
    expect(new FixedClock(instant).today(zone)).toBe(date);
  });
});
