/** Control characters, the two line ends that are none, halves of a character: no record of an agency's file holds them. */
const unwritable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * Characters that are not seen, or that turn the direction of what follows: with them two names look alike that are not,
 * and `gpj.exe` reads as `exe.jpg`. What chooses the form of a letter is none of them, neither are the two joiners where
 * they join, as in Persian, Hindi and families of emoji: not after Latin letters, digits and blanks. The braille blank
 * is one, though Unicode calls it a sign.
 */
const hidden =
  /(?![\u200c\u200d\p{Variation_Selector}])\p{Default_Ignorable_Code_Point}|[\u2800\ufff9-\ufffb]|(?:^|[\p{Script=Latin}\p{N}\p{Z}])[\u200c\u200d]/u;

const printableAscii = /^[\x20-\x7e]*$/;

/** Whether a text holds characters that are not seen, or that change the direction of writing. */
export function hidesCharacters(text: string): boolean {
  return !printableAscii.test(text) && hidden.test(text);
}

/** Whether a text stands on one line, so that every file that carries it can, and is what it looks like. */
export function isPlainText(text: string): boolean {
  return printableAscii.test(text) || !(unwritable.test(text) || hidden.test(text));
}

/** What a text of one line has to be, in words. */
export const plainTextInWords = 'a text of one line, without control characters and characters that are not seen';
