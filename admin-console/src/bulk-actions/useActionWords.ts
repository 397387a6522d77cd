import { useFlags } from '../flags/useFlags.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { actionWords } from './actionWords.js';
import type { BulkAction } from './bulkAction.js';

/** The words for bulk actions in the reader's language. */
export function useActionWords(): (action: BulkAction) => string {
  const text = useText();
  const locale = useLocale();
  const { byCode } = useFlags();
  return actionWords({ text, locale, flagName: (code) => byCode.get(code)?.name ?? code });
}
