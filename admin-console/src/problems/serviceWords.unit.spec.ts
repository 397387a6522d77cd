import { describe, expect, it } from '@jest/globals';
import { limitOf, rightOf, wrongOf } from './serviceWords.js';

const wrong = (message: string) => wrongOf({ field: 'name', message });
const right = (message: string, expected?: string, field = 'name') => rightOf({ field, message, expected });
const limit = (field: string, expected: string) => limitOf({ field, message: 'is wrong', expected });

describe('what is wrong with a field', () => {
  it('has words of our own where a schema says it', () => {
    expect(wrong('Invalid input: expected string, received undefined')).toEqual({ key: 'missing' });
    expect(wrong('Too small: expected string to have >=1 characters')).toEqual({ key: 'missing' });
    expect(wrong('Too big: expected string to have <=40 characters')).toEqual({ key: 'tooLong' });
    expect(wrong('Too small: expected number to be >0')).toEqual({ key: 'tooSmall' });
    expect(wrong('Invalid option: expected one of "csv"|"xlsx"')).toEqual({ key: 'otherChoice' });
    expect(wrong('Invalid ISO date')).toEqual({ key: 'unusable' });
  });

  it('is told in the service’s words where a rule says it', () => {
    expect(wrong('is before the invoice')).toEqual({ words: 'is before the invoice' });
    expect(wrong('three capital letters of ISO 4217, such as USD')).toEqual({
      words: 'three capital letters of ISO 4217, such as USD',
    });
  });
});

describe('what would be right', () => {
  it('is a limit: a day, an amount of minor units, a number, a length', () => {
    expect(limit('effectiveDate', 'at least 2026-01-05')).toEqual({ bound: 'atLeast', day: '2026-01-05' });
    expect(limit('writeOffs.1.amount', 'at most 12000')).toEqual({ bound: 'atMost', amount: 12_000 });
    expect(limit('allocations', 'at most 500 in all')).toEqual({ bound: 'atMost', amount: 500 });
    expect(limit('inUse', 'at least 2')).toEqual({ bound: 'atLeast', number: 2, of: 'number' });
    expect(limit('code', 'a code of its own')).toBeUndefined();
    const long = right('Too big: expected string to have <=40 characters', 'at most 40');
    expect(long).toEqual({ bound: 'atMost', number: 40, of: 'characters' });
    const none = right('Too small: expected number to be >0', 'at least 0', 'inUse');
    expect(none).toEqual({ bound: 'moreThan', number: 0, of: 'number' });
  });

  it('is one of several, a kind, or what the service says, without the routes that are meant for programs', () => {
    expect(right('is not a format', 'csv | xlsx')).toEqual({ oneOf: ['csv', 'xlsx'] });
    expect(right('Invalid input: expected int, received string', 'int')).toEqual({ kind: 'int' });
    expect(right('is not a payer', 'a code of GET payers')).toEqual({ words: 'a code of payers' });
    expect(right('is reserved', 'PUT write-off-settings')).toEqual({ words: 'write off settings' });
    expect(right('Invalid ISO date', 'a day, YYYY-MM-DD')).toEqual({ words: 'a day, YYYY-MM-DD' });
  });

  it('is not said twice, nor where there is nothing to say', () => {
    expect(right('three capital letters, such as USD', 'regex /^[A-Z]{3}$/')).toBeUndefined();
    expect(right('Invalid input: expected string, received undefined', 'string')).toBeUndefined();
    expect(right('is not a known field', 'nothing')).toBeUndefined();
    expect(right('is read-only')).toBeUndefined();
  });
});
