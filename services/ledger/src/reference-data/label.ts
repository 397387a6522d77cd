import { plainText } from '../accounts/plain-text.js';

/** The name or plural of a transaction type: the head of a column in reports and their files. */
export const label = plainText.min(1).max(100).regex(/\S/, 'not blank');
