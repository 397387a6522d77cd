import type { CreditMovement, Movement } from '@recoup/contracts';
import { selfSides, type Sides } from './posting-rules.js';

/** A bill line with the invoice that it belongs to. */
export interface LineRef {
  readonly invoiceId: string;
  readonly billLineId: string;
}

/** One posting before it is booked: amount > 0 in minor units of the account's currency. */
export interface Posting extends Sides {
  readonly amount: number;
  readonly effectiveDate: string;
  readonly line: LineRef | null;
  /** The payment that credit came from or went to; null where no credit moves. */
  readonly sourceId: string | null;
}

/** How postings change bill lines' open amounts, one movement a line and day. */
export function movementsOf(postings: readonly Posting[]): Movement[] {
  const moved = new Map<string, Movement>();
  for (const { line, debit, amount, effectiveDate } of postings) {
    if (!line) continue;
    const key = `${line.billLineId} ${effectiveDate}`;
    const change = (moved.get(key)?.amount ?? 0) + (debit.startsWith('receivable:') ? amount : -amount);
    moved.set(key, { ...line, amount: change, effectiveDate });
  }
  return [...moved.values()].filter(({ amount }) => amount !== 0);
}

/** How postings change the account's credit, one movement a day. */
export function creditMovementsOf(postings: readonly Posting[]): CreditMovement[] {
  const moved = new Map<string, number>();
  for (const { debit, credit, amount, effectiveDate } of postings) {
    const change = (credit === 'account-credit' ? amount : 0) - (debit === 'account-credit' ? amount : 0);
    if (change !== 0) moved.set(effectiveDate, (moved.get(effectiveDate) ?? 0) + change);
  }
  return [...moved]
    .filter(([, amount]) => amount !== 0)
    .map(([effectiveDate, amount]) => ({ amount, effectiveDate }))
    .toSorted((a, b) => (a.effectiveDate < b.effectiveDate ? -1 : 1));
}

/** How postings change what the account itself owes, on all days together. */
export function balanceChangeOf(postings: readonly Posting[]): number {
  const { debit: owed } = selfSides('charge');
  return postings.reduce(
    (sum, { debit, credit, amount }) => sum + (debit === owed ? amount : 0) - (credit === owed ? amount : 0),
    0,
  );
}

/** The later of two business dates: money takes effect on an invoice not before the invoice does (`rulings`, 1). */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}
