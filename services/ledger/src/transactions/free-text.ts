import { z } from 'zod';

/**
 * What people write beside a booking: at most so many characters. It is kept with what was booked, which nobody alters, so
 * an erasure does not reach it (S28); whoever reads the description of the API is told so.
 */
export function freeText(charactersMax: number): z.ZodString {
  return z
    .string()
    .max(charactersMax)
    .describe('Stays with the books for ever, also when the account is erased: nothing personal belongs here');
}
