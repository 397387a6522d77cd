import type { LedgerTransaction } from '../accounts/accountTypes.js';

/** The other half of something taken back: which way, and the transaction where it is known. */
export interface Counterpart {
  way: 'takenBackBy' | 'takesBack';
  id: string;
}

type Halves = Pick<LedgerTransaction, 'reversedById' | 'reversesId'>;

/** The transaction that took this one back, or that this one took back. */
export function counterpartOf({ reversedById, reversesId }: Halves): Counterpart | undefined {
  if (reversedById !== null) return { way: 'takenBackBy', id: reversedById };
  return reversesId === null ? undefined : { way: 'takesBack', id: reversesId };
}

/** Counterparts that are not among the rows shown: they are asked for by their ids. */
export function absentCounterparts(rows: readonly (Halves & { id: string })[]): string[] {
  const shown = new Set(rows.map(({ id }) => id));
  return rows
    .map((row) => counterpartOf(row)?.id)
    .filter((id) => id !== undefined)
    .filter((id) => !shown.has(id));
}
