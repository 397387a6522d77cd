import { describe, expect, it } from '@jest/globals';
import { generateRows } from './generate.js';

const today = new Date('2026-11-22T12:00:00Z');

describe('A generated load set', () => {
  it('is the same for the same accounts, seed and day', () => {
    expect([...generateRows(50, 7, today)]).toEqual([...generateRows(50, 7, today)]);
  });

  it('differs for another seed', () => {
    expect([...generateRows(50, 7, today)]).not.toEqual([...generateRows(50, 8, today)]);
  });

  it('names every account once or more, in the offices of the mapping, and yen without decimals', () => {
    const rows = [...generateRows(100, 7, today)].slice(1);
    const numbers = new Set(rows.map((row) => row.split(',')[1]));
    expect(numbers.size).toBe(100);
    expect(new Set(rows.map((row) => row.split(',')[0]))).toEqual(new Set(['NYC', 'MAD', 'TYO']));
    for (const row of rows.filter((each) => each.startsWith('TYO')))
      expect(row).toMatch(/,\d{4}-\d\d-\d\d,\d{4}-\d\d-\d\d,\d+,/);
  });

  it('has nothing dated within the last two days or paid after today', () => {
    for (const row of [...generateRows(300, 3, today)].slice(1)) {
      const dates = row.match(/,(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d),[\d.]+,(\d{4}-\d\d-\d\d)?,/);
      expect(dates?.[1]?.localeCompare('2026-11-21')).toBe(-1);
      expect((dates?.[3] ?? '').localeCompare('2026-11-22')).toBe(-1);
    }
  });
});
