import { describe, expect, it } from '@jest/globals';
import { isTransient } from './transient.js';

function coded(code: string, message = 'failed'): Error {
  return Object.assign(new Error(message), { code });
}

describe('isTransient', () => {
  it.each(['08006', '57P01', '57P03', '53300', '40001', '40P01'])('holds for PostgreSQL’s %s', (code) => {
    expect(isTransient(coded(code))).toBe(true);
    expect(isTransient(new Error('wrapped', { cause: coded(code) }))).toBe(true);
  });

  it.each(['23505', '23514', '22P02', '42501', '57014', '42P01'])('does not hold for PostgreSQL’s %s', (code) => {
    expect(isTransient(coded(code))).toBe(false);
  });

  it.each([
    coded('ECONNREFUSED'),
    coded('ECONNRESET'),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    { name: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:1' },
    new Error('wrapped', { cause: new Error('timeout exceeded when trying to connect') }),
    new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')], 'both'),
  ])('holds for %s', (error) => {
    expect(isTransient(error)).toBe(true);
  });

  it.each([
    new TypeError('Cannot read properties of undefined'),
    new Error('no connection to this account'),
    'x',
    undefined,
  ])('does not hold for %s, which a handler may throw', (error) => {
    expect(isTransient(error)).toBe(false);
  });
});
