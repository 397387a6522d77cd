import { z } from 'zod';

/** A BCP 47 locale, such as `en-US`. */
export const locale = z.string().max(35).refine(isLocale, 'a locale, such as en-US');

function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
