import { useTranslate } from 'react-admin';

/** The words for a reason's code; a code without words is shown as it is, since a newer service may have more of them. */
export function useReason(): (code: string | null | undefined) => string {
  const translate = useTranslate();
  return (code) => (code ? translate(`recoup.reasons.${code}`, { _: code }) : '');
}
