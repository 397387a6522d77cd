import { useTranslate } from 'react-admin';
import { useLocale } from './useLocale.js';

type Values = Record<string, string | number>;

/** Texts of the console by their key below `recoup`; `count` chooses singular or plural. */
export function useText(): (key: string, values?: Values) => string {
  const translate = useTranslate();
  const locale = useLocale();
  return (key, values = {}) => {
    const { count, ...rest } = values;
    const plural = typeof count === 'number' ? { smart_count: count, count: count.toLocaleString(locale) } : {};
    return translate(`recoup.${key}`, { ...rest, ...plural });
  };
}
