import { useLocale } from '../i18n/useLocale.js';
import { Moment } from './Moment.js';
import { formatDate } from './dates.js';

/** A business date in the reader's order; nothing when there is none. */
export function Day({ date }: { date: string | null | undefined }) {
  const locale = useLocale();
  if (!date) return null;
  return <Moment at={date} words={formatDate(date.slice(0, 10), locale)} />;
}
