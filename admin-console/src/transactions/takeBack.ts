import type { LedgerTransaction } from '../accounts/accountTypes.js';

export type TakeBack = 'return' | 'reverse';

/** What stands for ever: a reversal, and what the bank did. */
const final = new Set(['reversal', 'returned-payment']);

/** How a transaction can be taken back; nothing is taken back twice (LED-1, LED-31). */
export function takeBacksOf({ kind, reversedById }: Pick<LedgerTransaction, 'kind' | 'reversedById'>): TakeBack[] {
  if (reversedById !== null || final.has(kind)) return [];
  return kind === 'payment' ? ['return', 'reverse'] : ['reverse'];
}
