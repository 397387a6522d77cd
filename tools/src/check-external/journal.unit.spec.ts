import { describe, expect, it } from '@jest/globals';
import { journalAccount } from '../recoup-cli/export-journal.js';
import { parseBalances } from './oracle.js';

describe('a journal’s account', () => {
  it('is named by ledger account, office and number, in which nothing separates', () => {
    expect(journalAccount('receivable:self', '391', '0379-NEVHP')).toBe('receivable:self:391:0379-NEVHP');
    expect(journalAccount('write-off:coupon', 'KWI', 'KWI: 1  (a)')).toBe(
      'write-off:coupon:KWI:KWI%3A%201%20%20%28a%29',
    );
    expect(journalAccount('cash', 'MAD', 'Año;7')).toBe('cash:MAD:Año%3B7');
  });
});

describe('what an oracle prints', () => {
  it('is read in minor units of each currency', () => {
    const printed =
      '"account","balance"\n"cash:A:1","-12.30 USD"\n"cash:B:1","1234 JPY"\n"cash:C:1","0.005 KWD"\n"cash:D:1","0"\n';
    expect([...parseBalances(printed)]).toEqual([
      ['cash:A:1 USD', -1_230],
      ['cash:B:1 JPY', 1_234],
      ['cash:C:1 KWD', 5],
    ]);
  });

  it('is refused when it is not understood', () => {
    expect(() => parseBalances('"cash:A:1","12 apples"\n')).toThrow('12 apples');
    expect(() => parseBalances('"cash:A:1","12.345 USD"\n')).toThrow('3 decimals');
  });
});
