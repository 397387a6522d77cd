import { useTranslate } from 'react-admin';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { problemWords, type ProblemWords } from './problemWords.js';

/** The words for refusals in the reader's language. */
export function useProblemWords(): ProblemWords {
  const text = useText();
  const translate = useTranslate();
  const locale = useLocale();
  return problemWords({ text, known: (key) => translate(`recoup.problems.${key}`, { _: '' }), locale });
}
