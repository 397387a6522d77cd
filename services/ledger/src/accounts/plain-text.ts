/** Control characters, the two line ends that are none, halves of a character: no record of an agency's file holds them. */
const unwritable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** Whether a text stands on one line, so that every file that carries it can. */
export function isPlainText(text: string): boolean {
  return !unwritable.test(text);
}

/** At most so many UTF-16 units of a text; a character is never cut in two, which no database would take. */
export function firstCharacters(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}
