import { currencyDecimals, formatAmount, parseAmount } from '@recoup/contracts/money';
import { formatMoney } from './money.js';

/** The currency in which an amount for several is typed: the only one, else one with two decimals. */
export function typingCurrency(currencies: readonly string[]): string {
  return currencies.length === 1 && currencies[0] ? currencies[0] : 'USD';
}

/** Reads what a person typed, spaces and group separators allowed; undefined when it is no amount. */
export function readTyped(typed: string, currency: string): number | undefined {
  const plain = typed.replaceAll(/[\s\u00a0'’]/g, '');
  const decimal = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.');
  const parsed = parseAmount(decimal, currency);
  return 'amount' in parsed ? parsed.amount : undefined;
}

/** Minor units as a person would type them. */
export function asTyped(amount: number, currency: string): string {
  return formatAmount(amount, currency);
}

/** The same number of minor units in each currency, in words: one filter means something else for yen than for dollars. */
export function inEachCurrency(amount: number, currencies: readonly string[], locale: string): string {
  const byDecimals = new Map<number, string[]>();
  for (const currency of currencies) {
    const decimals = currencyDecimals(currency);
    byDecimals.set(decimals, [...(byDecimals.get(decimals) ?? []), currency]);
  }
  if (byDecimals.size < 2) return '';
  return currencies.map((currency) => formatMoney({ amount, currency }, locale)).join(' · ');
}
