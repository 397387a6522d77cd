import type { PayerType } from '@recoup/contracts';
import { takesEffect } from '../postings/open-since.js';
import type { Posting } from '../postings/posting.js';
import { self, selfSides, sidesOf } from '../postings/posting-rules.js';
import type { Allocation } from '../postings/allocation.js';

/**
 * The postings of a payment: the whole becomes the account's credit on its day, then each allocation spends of it, from
 * the later of the payment's and the invoice's date on, or when the line was opened again (LED-30; `rulings`, 1). A payment of 0 has none. `payer` is the
 * type of who owes the lines.
 */
export function paymentPostings(
  payment: { readonly id: string; readonly amount: number; readonly effectiveDate: string },
  allocations: readonly Allocation[],
  payer: PayerType = self,
): Posting[] {
  const { id, amount, effectiveDate } = payment;
  if (amount === 0) return [];
  const receipt: Posting = { ...selfSides('receipt'), amount, effectiveDate, line: null, sourceId: id };
  const parts = allocations.map(({ line, amount: part }): Posting => ({
    ...sidesOf('allocation', payer),
    amount: part,
    effectiveDate: takesEffect(effectiveDate, line),
    line: { invoiceId: line.invoiceId, billLineId: line.billLineId },
    sourceId: id,
  }));
  return [receipt, ...parts];
}
