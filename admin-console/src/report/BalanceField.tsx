import { TextField } from '@mui/material';
import { useState } from 'react';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { asTyped, inEachCurrency, readTyped, typingCurrency } from '../money/typedAmount.js';

interface BalanceFieldProps {
  label: string;
  /** Minor units. */
  value: number | undefined;
  currencies: readonly string[];
  onChange: (value: number | undefined) => void;
}

/** A limit for balances, typed with decimals and kept in minor units; says so where currencies differ in them. */
export function BalanceField({ label, value, currencies, onChange }: BalanceFieldProps) {
  const text = useText();
  const locale = useLocale();
  const currency = typingCurrency(currencies);
  const [typed, setTyped] = useState(value === undefined ? '' : asTyped(value, currency));
  const wrong = typed.trim() !== '' && readTyped(typed, currency) === undefined;
  const meaning = value === undefined ? '' : inEachCurrency(value, currencies, locale);
  return (
    <TextField
      fullWidth
      label={label}
      value={value === undefined && !wrong ? '' : typed}
      error={wrong}
      helperText={wrong ? text('filters.amountWrong') : meaning}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      inputRef={(input: HTMLInputElement | null) => {
        // What can't be read must not be left out in silence: the form isn't sent while it stands there.
        input?.setCustomValidity(wrong ? text('filters.amountWrong') : '');
      }}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(readTyped(target.value, currency));
      }}
    />
  );
}
