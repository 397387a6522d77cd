import { describe, expect, it } from '@jest/globals';
import { takeBacksOf } from './takeBack.js';

describe('a transaction', () => {
  it('can be taken back once; a payment in two ways', () => {
    expect(takeBacksOf({ kind: 'payment', reversedById: null })).toEqual(['return', 'reverse']);
    expect(takeBacksOf({ kind: 'write-off', reversedById: null })).toEqual(['reverse']);
    expect(takeBacksOf({ kind: 'write-off', reversedById: '1' })).toEqual([]);
  });

  it('that takes back another stands for ever', () => {
    expect(takeBacksOf({ kind: 'reversal', reversedById: null })).toEqual([]);
    expect(takeBacksOf({ kind: 'returned-payment', reversedById: null })).toEqual([]);
  });
});
