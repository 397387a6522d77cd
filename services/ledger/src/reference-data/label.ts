import { z } from 'zod';
import { isPlainText } from '../accounts/plain-text.js';

/** The name or plural of a transaction type: the head of a column in reports and their files. */
export const label = z
  .string()
  .min(1)
  .max(100)
  .refine(isPlainText, 'a text of one line, without control characters')
  .regex(/\S/, 'not blank');
