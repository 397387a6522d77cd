import { describe, expect, it } from '@jest/globals';
import { inEachCurrency, readTyped, typingCurrency } from './typedAmount.js';

describe('an amount as typed', () => {
  it('may have separators of either kind', () => {
    expect(readTyped('1,234.50', 'USD')).toBe(123450);
    expect(readTyped('1 234,5', 'EUR')).toBe(123450);
    expect(readTyped('12,345', 'JPY')).toBe(12345);
    expect(readTyped('50', 'USD')).toBe(5000);
  });

  it('is refused with more decimals than the currency has', () => {
    expect(readTyped('1.5', 'JPY')).toBeUndefined();
    expect(readTyped('ten', 'USD')).toBeUndefined();
  });

  it('says what it means where currencies differ in decimals', () => {
    expect(typingCurrency(['JPY'])).toBe('JPY');
    expect(inEachCurrency(5000, ['JPY', 'USD'], 'en-US')).toBe('5,000\u00a0JPY · 50.00\u00a0USD');
    expect(inEachCurrency(5000, ['EUR', 'USD'], 'en-US')).toBe('');
  });
});
