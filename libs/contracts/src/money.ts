/**
 * How many decimals a currency has: 2 for USD, 0 for JPY, 3 for KWD.
 * @throws RangeError when the code is not three letters.
 */
export function currencyDecimals(currency: string): number {
  const known = decimalsByCurrency.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  decimalsByCurrency.set(currency, decimals);
  return decimals;
}

const decimalsByCurrency = new Map<string, number>();

/** What is wrong with a text that should be an amount, or the amount in minor units. */
export type ParsedAmount = { amount: number } | { problem: string };

/**
 * Reads an amount as files give it: digits with at most the currency's decimals, no sign, separator or symbol
 * (`rulings`, 11). "55.9" in USD is 5590 minor units.
 */
export function parseAmount(text: string, currency: string): ParsedAmount {
  const decimals = currencyDecimals(currency);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return { problem: `must be digits with at most ${decimals} decimals, without sign, separator or symbol` };
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return { problem: `has ${fraction.length} decimals; ${currency} has ${decimals}` };
  const amount = Number(`${match[1]}${fraction.padEnd(decimals, '0')}`);
  return Number.isSafeInteger(amount) ? { amount } : { problem: 'is larger than this system can hold' };
}

/** Writes minor units as files carry them: 511985 in USD is "5119.85", 500 in JPY is "500". */
export function formatAmount(amount: number, currency: string): string {
  const decimals = currencyDecimals(currency);
  const digits = Math.abs(amount)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = amount < 0 ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}
