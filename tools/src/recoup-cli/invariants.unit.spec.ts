import { describe, expect, it } from '@jest/globals';
import { services } from '../ports.js';
import { invariantsOf, parseInvariants } from './invariants.js';

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

describe('The invariants of a service', () => {
  it.each(services)('of %s: its figures, its sequences and its bus are looked at', (service) => {
    const laws = invariantsOf(service).map(({ title }) => title.slice(0, title.indexOf(':')));
    expect(laws).toEqual(expect.arrayContaining(['I2', 'I6', 'I12', service === 'ledger' ? 'I1' : 'I3']));
  });
});
