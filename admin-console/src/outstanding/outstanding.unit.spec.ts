import { describe, expect, it } from '@jest/globals';
import { sumsByCurrency } from './outstanding.js';

describe('what agencies hold', () => {
  it('is added up by currency and never across', () => {
    const sums = sumsByCurrency([
      { payerCode: 'A', currency: 'USD', referred: 1000, collected: 200, recalled: 300, outstanding: 500 },
      { payerCode: 'A', currency: 'JPY', referred: 70, collected: 0, recalled: 0, outstanding: 70 },
      { payerCode: 'B', currency: 'USD', referred: 500, collected: 0, recalled: 100, outstanding: 400 },
    ]);
    expect(sums).toEqual([
      { currency: 'USD', referred: 1500, collected: 200, recalled: 400, outstanding: 900 },
      { currency: 'JPY', referred: 70, collected: 0, recalled: 0, outstanding: 70 },
    ]);
  });
});
