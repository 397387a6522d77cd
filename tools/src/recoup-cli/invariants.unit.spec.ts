import { describe, expect, it } from '@jest/globals';
import { parseInvariants } from './invariants.js';

describe('An invariants file', () => {
  it('is read block by block, the title first and one query after it', () => {
    const text =
      '-- what this file is\n\n-- I1: sums are zero\nSELECT 1\n  WHERE false;\n\n-- I2: balances agree\n-- by account\nSELECT 2;\n';
    expect(parseInvariants(text)).toEqual([
      { title: 'I1: sums are zero', query: 'SELECT 1\n  WHERE false' },
      { title: 'I2: balances agree', query: '-- by account\nSELECT 2' },
    ]);
  });

  it('without a block has none', () => {
    expect(parseInvariants('-- nothing yet\n')).toEqual([]);
  });
});
