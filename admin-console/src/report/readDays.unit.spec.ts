import { describe, expect, it } from '@jest/globals';
import { readDays } from './readDays.js';

describe('days past due as typed', () => {
  it('are a whole number from 0 to a hundred years', () => {
    expect(readDays(' 90 ')).toBe(90);
    expect(readDays('0')).toBe(0);
    expect(readDays('36500')).toBe(36_500);
  });

  it('are not read as another number where they can not be: a negative one is no 0', () => {
    expect(['-5', '36501', '1.5', '1e3', 'ten', ''].map(readDays)).toEqual(Array(6).fill(undefined));
  });
});
