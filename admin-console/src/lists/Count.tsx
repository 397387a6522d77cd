import { useLocale } from '../i18n/useLocale.js';

/** A number of things, in the figures of the reader's locale. */
export function Count({ of }: { of: number }) {
  return <>{of.toLocaleString(useLocale())}</>;
}
