import { describe, expect, it } from '@jest/globals';
import { readRange, shortcutRanges } from './dayRange.js';

describe('the range of a report', () => {
  it('is this month unless the address says another that can be', () => {
    expect(readRange(undefined, undefined, '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' });
    expect(readRange('2026-02-03', '2026-04-05', '2026-11-22')).toEqual({ from: '2026-02-03', to: '2026-04-05' });
    expect(readRange('2026-06-01', '2026-04-05', '2026-11-22')).toEqual({ from: '2026-04-01', to: '2026-04-05' });
    expect(readRange('yesterday', '2027-01-01', '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' });
  });

  it('has shortcuts across the turn of a year', () => {
    expect(shortcutRanges('2026-01-15')).toContainEqual({ key: 'lastMonth', from: '2025-12-01', to: '2025-12-31' });
  });
});
