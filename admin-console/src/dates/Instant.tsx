import { useLocale } from '../i18n/useLocale.js';
import { formatInstant } from './dates.js';

/** A moment in the reader's own zone; nothing when there is none. */
export function Instant({ at }: { at: string | null | undefined }) {
  const locale = useLocale();
  if (!at) return null;
  return <time dateTime={at}>{formatInstant(at, locale)}</time>;
}
