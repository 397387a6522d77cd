/** Control characters, the two line ends that are none, halves of a character: no record of an agency's file holds them. */
const unwritable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/**
 * Characters that are not seen, or that turn the direction of what follows: with them two names look alike that are not,
 * and `gpj.exe` reads as `exe.jpg`. The braille blank is one, though Unicode calls it a sign.
 */
const neverSeen =
  /(?![\u061c\u200c-\u200f\p{Variation_Selector}])\p{Default_Ignorable_Code_Point}|[\u2800\ufff9-\ufffb]/u;

/**
 * Marks of direction: whoever pastes a Hebrew or Arabic name has them along. Beside such letters they say on which side a blank
 * or a sign stands; where there are none they do nothing that is seen, and the same one twice is as one.
 */
const directionMark = /[\u061c\u200e\u200f]/u;
const repeatedMark = /(?<mark>[\u061c\u200e\u200f])\k<mark>/u;
const rightToLeft =
  /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Hanifi_Rohingya}\p{Script=Adlam}]/u;

/** Letters that stand apart, each in one form: among them nothing joins and no form is chosen. */
const standsApart = String.raw`\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hangul}`;

/**
 * The two joiners where they join nothing that is seen; they do in Persian, Hindi and families of emoji. Chinese and Japanese
 * signs don't join either, though they have forms. One joiner twice is as one.
 */
const idleJoiner = new RegExp(
  String.raw`(?:^|[\u061c\u200e\u200f${standsApart}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{N}\p{Z}\p{P}]\p{M}*)[\u200c\u200d]|(?<same>[\u200c\u200d])\k<same>`,
  'u',
);

/** What chooses the form of a sign where there is one form only: a letter, a blank, a digit that is no key; or chooses twice. */
const idleSelector = new RegExp(
  String.raw`(?:^|[\u061c\u200e\u200f${standsApart}\p{Z}]\p{M}*)\p{Variation_Selector}|\p{Nd}\p{Variation_Selector}(?!\u20e3)|\p{Variation_Selector}{2}`,
  'u',
);

function hides(text: string): boolean {
  return neverSeen.test(text) || hasIdleMark(text) || idleJoiner.test(text) || idleSelector.test(text);
}

function hasIdleMark(text: string): boolean {
  return directionMark.test(text) && (!rightToLeft.test(text) || repeatedMark.test(text));
}

const printableAscii = /^[\x20-\x7e]*$/;

/** Whether a text holds characters that are not seen, or that change the direction of writing. */
export function hidesCharacters(text: string): boolean {
  return !printableAscii.test(text) && hides(text);
}

/** Whether a text stands on one line, so that every file that carries it can, and is what it looks like. */
export function isPlainText(text: string): boolean {
  return printableAscii.test(text) || !(unwritable.test(text) || hides(text));
}

/** What a text of one line has to be, in words. */
export const plainTextInWords = 'a text of one line, without control characters and characters that are not seen';
