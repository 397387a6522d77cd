import { describe, expect, it } from '@jest/globals';
import { readDay, wrongDay } from './askedDay.js';

const today = '2026-11-22';
const wrongOf = (asked: string | undefined) => wrongDay('asOf', asked, today)?.wrong;

describe('a day in an address', () => {
  it('is taken when a report can be of it', () => {
    for (const asked of ['2013-06-30', '1900-01-01', today]) {
      expect(wrongOf(asked)).toBeUndefined();
      expect(readDay(asked, today)).toBe(asked);
    }
    expect([wrongOf(undefined), wrongOf(''), readDay(undefined, today)]).toEqual([undefined, undefined, undefined]);
  });

  it('is told apart by what is wrong with it', () => {
    expect(['yesterday', '2026-13-45', '2026-02-30', '30.06.2013'].map(wrongOf)).toEqual(Array(4).fill('noDay'));
    expect([wrongOf('1899-12-31'), wrongOf('2026-11-23')]).toEqual(['tooEarly', 'toCome']);
    expect(readDay('2026-11-23', today)).toBeUndefined();
    expect(wrongDay('asOf', 'x', today)).toEqual({ field: 'asOf', asked: 'x', wrong: 'noDay', latest: today });
  });
});
