import { describe, expect, it } from '@jest/globals';
import { readRange, shortcutRanges, wrongRange } from './dayRange.js';

const wrong = (from?: string, to?: string) =>
  wrongRange(from, to, '2026-11-22').map((each) => [each.field, each.wrong]);

describe('the range of a report', () => {
  it('is this month unless the address says another that can be', () => {
    expect(readRange(undefined, undefined, '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' });
    expect(readRange('2026-02-03', '2026-04-05', '2026-11-22')).toEqual({ from: '2026-02-03', to: '2026-04-05' });
    expect(readRange('2026-06-01', '2026-04-05', '2026-11-22')).toEqual({ from: '2026-04-01', to: '2026-04-05' });
    expect(readRange('yesterday', '2027-01-01', '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' });
  });

  it('says which of its days can not be', () => {
    expect([wrong(), wrong('2026-02-03', '2026-04-05'), wrong('2026-11-22')]).toEqual([[], [], []]);
    expect(wrong('2026-11-05', '')).toEqual([]);
    expect(wrongRange('2026-06-01', '2026-04-05', '2026-11-22')).toEqual([
      { field: 'from', asked: '2026-06-01', wrong: 'afterEnd', latest: '2026-04-05' },
    ]);
    expect(wrong('yesterday', '2027-01-01')).toEqual([
      ['from', 'noDay'],
      ['to', 'toCome'],
    ]);
  });

  it('has shortcuts across the turn of a year', () => {
    expect(shortcutRanges('2026-01-15')).toContainEqual({ key: 'lastMonth', from: '2025-12-01', to: '2025-12-31' });
  });
});
