import { describe, expect, it } from '@jest/globals';
import { formatChange, formatFigure, formatMoney, moneyInWords, sumByCurrency } from './money.js';

describe('money', () => {
  it('has the decimals of its currency', () => {
    expect(formatFigure({ amount: 511985, currency: 'USD' }, 'en-US')).toBe('5,119.85');
    expect(formatFigure({ amount: 5120, currency: 'JPY' }, 'en-US')).toBe('5,120');
    expect(formatFigure({ amount: 1500, currency: 'KWD' }, 'en-US')).toBe('1.500');
  });

  it('follows the locale', () => {
    expect(formatMoney({ amount: -511985, currency: 'EUR' }, 'de-DE')).toBe('-5.119,85\u00a0EUR');
  });

  it('tells the direction of a change, which nothing has not', () => {
    const changes = [50_000, -8_000, 0].map((amount) => formatChange({ amount, currency: 'USD' }, 'en-US'));
    expect(changes).toEqual(['+500.00', '-80.00', '0.00']);
  });

  it('is summed by currency and never across', () => {
    const sums = sumByCurrency([
      { amount: 100, currency: 'USD' },
      { amount: 7, currency: 'JPY' },
      { amount: 250, currency: 'USD' },
    ]);
    expect(sums).toEqual([
      { amount: 7, currency: 'JPY' },
      { amount: 350, currency: 'USD' },
    ]);
    expect(moneyInWords(sums, 'en-US')).toBe('7\u00a0JPY and 3.50\u00a0USD');
  });
});
