import { describe, expect, it } from '@jest/globals';
import { agingBuckets, bucketOf } from './aging.js';

describe('Aging', () => {
  it.each([
    [-400, 'current'],
    [0, 'current'],
    [1, 'days1to30'],
    [30, 'days1to30'],
    [31, 'days31to60'],
    [60, 'days31to60'],
    [61, 'days61to90'],
    [90, 'days61to90'],
    [91, 'days91to120'],
    [120, 'days91to120'],
    [121, 'daysOver120'],
    [4000, 'daysOver120'],
  ])('puts %i days past due into %s', (days, name) => {
    expect(bucketOf(days)).toBe(name);
  });

  it('has every whole day in exactly one part', () => {
    for (let days = -500; days <= 500; days += 1) {
      const holding = agingBuckets.filter(
        ({ fromDays, toDays }) => (fromDays === null || days >= fromDays) && (toDays === null || days <= toDays),
      );
      expect(holding.map(({ name }) => name)).toEqual([bucketOf(days)]);
    }
  });
});
