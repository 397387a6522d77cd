import { describe, expect, it } from '@jest/globals';
import { absentCounterparts, counterpartOf } from './counterpart.js';

const invoice = { id: 'i', reversedById: null, reversesId: null };
const payment = { id: 'p', reversedById: 'r', reversesId: null };
const returned = { id: 'r', reversedById: null, reversesId: 'p' };

describe('what is taken back', () => {
  it('names the transaction that took it back, and that one the other', () => {
    expect([invoice, payment, returned].map(counterpartOf)).toEqual([
      undefined,
      { way: 'takenBackBy', id: 'r' },
      { way: 'takesBack', id: 'p' },
    ]);
  });

  it('is asked for where it is not among the rows', () => {
    expect(absentCounterparts([invoice, payment, returned])).toEqual([]);
    expect(absentCounterparts([invoice, payment])).toEqual(['r']);
    expect(absentCounterparts([returned])).toEqual(['p']);
  });
});
