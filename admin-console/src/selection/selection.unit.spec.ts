import { describe, expect, it } from '@jest/globals';
import {
  allMatching,
  isSelected,
  nothingSelected,
  selectionBody,
  selectionSize,
  selectionUnder,
  setSelected,
} from './selection.js';

const asOf = '2013-06-30';
const filter = { asOf, stage: 'pending' as const };
const aging = { current: 0, days1to30: 0, days31to60: 0, days61to90: 0, days91to120: 0, daysOver120: 0 };
const total = (currency: string, accounts: number, balance: number) => ({
  currency,
  accounts,
  balance,
  credit: 0,
  aging,
  feesToApply: null,
});
const a = { id: 'a', amount: 100, currency: 'USD' };
const b = { id: 'b', amount: 250, currency: 'USD' };
const c = { id: 'c', amount: 9, currency: 'JPY' };

describe('ticked accounts', () => {
  it('are kept once, with their sum by currency', () => {
    const selection = setSelected(setSelected(nothingSelected(asOf), [a, c], true), [a, b], true);
    expect(selectionSize(selection, [])).toEqual({
      accounts: 3,
      amounts: [
        { amount: 9, currency: 'JPY' },
        { amount: 350, currency: 'USD' },
      ],
    });
    expect(selectionBody(setSelected(selection, [c], false))).toEqual({ asOf, accountIds: ['a', 'b'] });
  });

  it('stay under another filter of the same date, and end with the date', () => {
    const selection = setSelected(nothingSelected(asOf), [a], true);
    expect(selectionUnder(selection, filter)).toBe(selection);
    expect(selectionUnder(selection, { asOf: '2013-07-01' })).toEqual(nothingSelected('2013-07-01'));
  });
});

describe('all that match', () => {
  it('is the filter less what was unticked, never a list of what matches', () => {
    const selection = setSelected(allMatching(filter), [b], false);
    expect(isSelected(selection, 'a')).toBe(true);
    expect(isSelected(selection, 'b')).toBe(false);
    expect(selectionBody(selection)).toEqual({ asOf, filter: { stage: 'pending' }, excludedAccountIds: ['b'] });
    expect(selectionSize(selection, [total('USD', 103_412, 821_400_310)])).toEqual({
      accounts: 103_411,
      amounts: [{ amount: 821_400_060, currency: 'USD' }],
    });
  });

  it('takes an exclusion back', () => {
    const selection = setSelected(setSelected(allMatching(filter), [b], false), [b], true);
    expect(selection).toEqual(allMatching(filter));
  });

  it('ends when the filter changes', () => {
    expect(selectionUnder(allMatching(filter), { asOf })).toEqual(nothingSelected(asOf));
    expect(selectionUnder(allMatching(filter), { stage: 'pending', asOf })).toEqual(allMatching(filter));
  });
});
