import type { LineRef } from './posting.js';

/** What a transaction names beside its account: the one bill line that it touches, else the one invoice, else neither. */
export function touched(lines: readonly LineRef[]): {
  readonly invoiceId: string | null;
  readonly billLineId: string | null;
} {
  const [first] = lines;
  if (!first) return { invoiceId: null, billLineId: null };
  if (lines.every(({ billLineId }) => billLineId === first.billLineId))
    return { invoiceId: null, billLineId: first.billLineId };
  const { invoiceId } = first;
  return { invoiceId: lines.every((line) => line.invoiceId === invoiceId) ? invoiceId : null, billLineId: null };
}
