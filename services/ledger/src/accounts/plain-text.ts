import { isPlainText, plainTextInWords } from '@recoup/contracts';
import { z } from 'zod';

/** At most so many UTF-16 units of a text; a character is never cut in two, which no database would take. */
export function firstCharacters(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

/** A text of people that stands on one line. */
export const plainText = z.string().refine(isPlainText, plainTextInWords);

/** A name or number: one line of at most 200 characters that are not all blanks. */
export const lineOfText = plainText
  .min(1)
  .max(200)
  .refine((text) => text.trim() !== '', 'a text that is not blank');

/** How an account can be reached, and in which language: what people may write, and what an import is held against. */
export const reachable = {
  email: z.email().max(254),
  phone: plainText.min(3).max(40),
  language: plainText.min(2).max(35),
};
