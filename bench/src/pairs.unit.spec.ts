import { describe, expect, it } from '@jest/globals';
import { inPairs, summarize } from './pairs.js';

describe('A bench in pairs', () => {
  it('gives the pair’s time over ours, with median, least and greatest', async () => {
    const result = await inPairs(
      5,
      () => Promise.resolve(2),
      () => Promise.resolve(1),
    );
    expect(result).toEqual({
      ratio: { median: 0.5, min: 0.5, max: 0.5 },
      control: { median: 1, min: 1, max: 1 },
      valid: true,
    });
  });

  it('alternates who goes first', async () => {
    const order: string[] = [];
    await inPairs(
      2,
      async () => Promise.resolve(order.push('ours')),
      async () => Promise.resolve(order.push('pair')),
    );
    expect(order.slice(-4)).toEqual(['ours', 'pair', 'pair', 'ours']);
  });

  it('is void when the pair against itself is not near 1', async () => {
    let each = 0;
    const drifting = () => Promise.resolve((each += 1));
    expect((await inPairs(2, () => Promise.resolve(1), drifting)).valid).toBe(false);
  });

  it('takes the mean of the two middle values of an even count', () => {
    expect(summarize([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
  });
});
