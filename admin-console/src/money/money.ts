import { currencyDecimals, formatAmount } from '@recoup/contracts/money';

/** Minor units and their currency; 12345 of USD is 123.45. */
export interface Money {
  amount: number;
  currency: string;
}

const formats = new Map<string, Intl.NumberFormat>();

type Signs = 'auto' | 'exceptZero';

function formatOf(locale: string, currency: string, signDisplay: Signs): Intl.NumberFormat {
  const key = `${locale} ${currency} ${signDisplay}`;
  const known = formats.get(key);
  if (known) return known;
  const decimals = currencyDecimals(currency);
  const fraction = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const format = new Intl.NumberFormat(locale, { ...fraction, signDisplay });
  formats.set(key, format);
  return format;
}

/** The figure alone, with the currency's own decimals: "5,119.85" of USD, "5,120" of JPY. */
export function formatFigure({ amount, currency }: Money, locale: string, signs: Signs = 'auto'): string {
  return formatOf(locale, currency, signs).format(formatAmount(amount, currency) as Intl.StringNumericLiteral);
}

/** A change of an amount, which tells its direction also where it is more: "+500.00", "-80.00", "0.00". */
export function formatChange(money: Money, locale: string): string {
  return formatFigure(money, locale, 'exceptZero');
}

/** The figure with its currency's code, which is never ambiguous: "5,119.85 USD". */
export function formatMoney(money: Money, locale: string): string {
  return `${formatFigure(money, locale)}\u00a0${money.currency}`;
}

/** Sums by currency, in order of currency; amounts of different currencies are never added. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** "5,119.85 USD and 80,000 JPY", as a sentence needs it. */
export function moneyInWords(amounts: readonly Money[], locale: string): string {
  const parts = amounts.map((money) => formatMoney(money, locale));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
}
