import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { LimitField } from './LimitField.js';
import { daysMax, readDays } from './readDays.js';

interface DaysFieldProps {
  label: string;
  value: number | undefined;
  problem?: string | undefined;
  onChange: (value: number | undefined) => void;
}

/** A number of days, 0 or more, or nothing. */
export function DaysField({ label, value, problem, onChange }: DaysFieldProps) {
  const text = useText();
  const locale = useLocale();
  return (
    <LimitField
      label={label}
      initial={value === undefined ? '' : String(value)}
      read={readDays}
      unreadable={text('filters.daysWrong', { max: daysMax.toLocaleString(locale) })}
      problem={problem}
      inputMode="numeric"
      onChange={onChange}
    />
  );
}
