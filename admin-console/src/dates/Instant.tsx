import { useLocale } from '../i18n/useLocale.js';
import { Moment } from './Moment.js';
import { formatInstant } from './dates.js';

/** A moment in the reader's own zone; nothing when there is none. */
export function Instant({ at }: { at: string | null | undefined }) {
  const locale = useLocale();
  if (!at) return null;
  return <Moment at={at} words={formatInstant(at, locale)} />;
}
