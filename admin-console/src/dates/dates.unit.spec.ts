import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  dayEverywhere,
  daysBetween,
  endOfPreviousMonth,
  formatDate,
  formatDuration,
  isBusinessDate,
  officesAhead,
} from './dates.js';

describe('dates', () => {
  it('are days that exist', () => {
    expect(isBusinessDate('2013-06-30')).toBe(true);
    expect(isBusinessDate('2013-02-29')).toBe(false);
    expect(isBusinessDate('30/06/2013')).toBe(false);
    expect(isBusinessDate(null)).toBe(false);
  });

  it('are shown by locale, on the same day in every zone', () => {
    expect(formatDate('2013-06-30', 'en-GB')).toBe('30 Jun 2013');
    expect(formatDate('2013-06-30', 'en-US')).toBe('Jun 30, 2013');
  });

  it('move across months and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(endOfPreviousMonth('2013-03-14')).toBe('2013-02-28');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2013-03-14', '2013-03-10')).toBe(-4);
  });

  it('have begun in every office', () => {
    const instant = new Date('2026-11-22T20:00:00Z');
    expect(dayEverywhere(instant, ['Asia/Tokyo', 'America/New_York'])).toBe('2026-11-22');
    expect(dayEverywhere(instant, ['Asia/Tokyo'])).toBe('2026-11-23');
    expect(dayEverywhere(instant, [])).toBe('2026-11-22');
  });

  it('begin earlier in offices to the east', () => {
    const offices = [
      { name: 'Tokyo', timeZone: 'Asia/Tokyo' },
      { name: 'New York', timeZone: 'America/New_York' },
    ];
    const evening = new Date('2026-11-22T20:00:00Z');
    expect(officesAhead(evening, '2026-11-22', offices)).toEqual(['Tokyo']);
    expect(officesAhead(new Date('2026-11-22T10:00:00Z'), '2026-11-22', offices)).toEqual([]);
  });

  it('tell how long something took', () => {
    expect(formatDuration(45_000, 'en')).toBe('45 sec');
    expect(formatDuration(185_000, 'en')).toBe('3 min 5 sec');
  });
});
