import { useFlags } from '../flags/useFlags.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { actionWords } from './actionWords.js';
import type { BulkAction } from './bulkAction.js';

/** The words for bulk actions in the reader's language; undefined while the names of flags in them are not known. */
export function useActionWords(): (action: BulkAction) => string | undefined {
  const text = useText();
  const locale = useLocale();
  const { nameOf } = useFlags();
  return (action) => {
    let known = true;
    const flagName = (code: string) => {
      const name = nameOf(code);
      known &&= name !== undefined;
      return name ?? code;
    };
    const words = actionWords({ text, locale, flagName })(action);
    return known ? words : undefined;
  };
}
