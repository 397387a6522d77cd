/** What is open of a bill line, with what its order is made of. Amounts in minor units. */
export interface OpenLine {
  readonly invoiceId: string;
  readonly billLineId: string;
  readonly open: number;
  readonly dueDate: string;
  readonly invoiceDate: string;
  readonly number: string;
  /** Since when it is open by what is open now, where that was asked for; else it is since the invoice's date. */
  readonly openSince?: string | undefined;
}

/** A part of an amount that goes to a bill line, more than 0. */
export interface Allocation {
  readonly line: OpenLine;
  readonly amount: number;
}

/** Most bill lines that one transaction touches: its event is one message (512 KiB). */
export const linesMax = 1000;

/** Oldest due first, then invoice date, then number (`rulings`, 1); lines of one invoice by id. */
export function oldestDueFirst(a: OpenLine, b: OpenLine): number {
  return (
    compare(a.dueDate, b.dueDate) ||
    compare(a.invoiceDate, b.invoiceDate) ||
    compare(a.number, b.number) ||
    compare(a.billLineId, b.billLineId)
  );
}

/** Texts by their code units, as the database's collation "C" does, so that SQL and this agree. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Spreads an amount over open lines, oldest due first, never more than is open of a line. Answers the parts and what is
 * left. The set-based statements do the same by window sums; a property test holds them against this.
 */
export function allocateOldestFirst(amount: number, lines: readonly OpenLine[]): { parts: Allocation[]; left: number } {
  let left = amount;
  const parts: Allocation[] = [];
  for (const line of lines.toSorted(oldestDueFirst)) {
    const part = Math.min(left, line.open);
    if (part > 0) parts.push({ line, amount: part });
    left -= part;
  }
  return { parts, left };
}
