import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { currencyDecimals, formatAmount, parseAmount } from './money.js';

describe('currencyDecimals', () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('of %s are %i', (currency, decimals) => {
    expect(currencyDecimals(currency)).toBe(decimals);
  });

  it('refuses what is no currency code', () => {
    expect(() => currencyDecimals('dollars')).toThrow(RangeError);
  });
});

describe('parseAmount', () => {
  it.each([
    ['55.94', 'USD', 5594],
    ['55.9', 'USD', 5590],
    ['55', 'USD', 5500],
    ['0.00', 'USD', 0],
    ['007.10', 'USD', 710],
    ['500', 'JPY', 500],
    ['1.234', 'KWD', 1234],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i minor units', (text, currency, amount) => {
    expect(parseAmount(text, currency)).toEqual({ amount });
  });

  it.each([
    ['-1.00', 'USD', /without sign/],
    ['+1.00', 'USD', /without sign/],
    ['1,000.00', 'USD', /separator/],
    ['$5', 'USD', /symbol/],
    ['.50', 'USD', /digits/],
    ['5.', 'USD', /digits/],
    [' 5', 'USD', /digits/],
    ['', 'USD', /digits/],
    ['1e3', 'USD', /digits/],
    ['٥', 'USD', /digits/],
    ['1.005', 'USD', /has 3 decimals; USD has 2/],
    ['1.5', 'JPY', /has 1 decimals; JPY has 0/],
    ['90071992547409.92', 'USD', /larger/],
    ['1234567890123456', 'USD', /larger/],
  ])('refuses "%s" %s and says why', (text, currency, problem) => {
    expect(parseAmount(text, currency)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

describe('formatAmount', () => {
  it.each([
    [511985, 'USD', '5119.85'],
    [5, 'USD', '0.05'],
    [0, 'USD', '0.00'],
    [-5, 'USD', '-0.05'],
    [500, 'JPY', '500'],
    [1, 'KWD', '0.001'],
  ])('writes %i %s as %s', (amount, currency, text) => {
    expect(formatAmount(amount, currency)).toBe(text);
  });

  it('gives back what parseAmount reads, for any amount and currency', () => {
    const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'EUR');
    fc.assert(
      fc.property(fc.maxSafeNat(), currency, (amount, code) => {
        expect(parseAmount(formatAmount(amount, code), code)).toEqual({ amount });
      }),
    );
  });
});
