import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { asTyped, inEachCurrency, readTyped, typingCurrency } from '../money/typedAmount.js';
import { LimitField } from './LimitField.js';

interface BalanceFieldProps {
  label: string;
  /** Minor units. */
  value: number | undefined;
  currencies: readonly string[];
  problem?: string | undefined;
  onChange: (value: number | undefined) => void;
}

/** A limit for balances, typed with decimals and kept in minor units; says so where currencies differ in them. */
export function BalanceField({ label, value, currencies, problem, onChange }: BalanceFieldProps) {
  const text = useText();
  const locale = useLocale();
  const currency = typingCurrency(currencies);
  return (
    <LimitField
      label={label}
      initial={value === undefined ? '' : asTyped(value, currency)}
      read={(typed) => readTyped(typed, currency)}
      unreadable={text('filters.amountWrong')}
      problem={problem}
      hint={value === undefined ? '' : inEachCurrency(value, currencies, locale)}
      inputMode="decimal"
      onChange={onChange}
    />
  );
}
