/** The locale for figures and dates: the browser's own, whatever language the texts are in. */
export function useLocale(): string {
  return navigator.language;
}
