import { describe, expect, it } from '@jest/globals';
import { paymentPostings } from '../payments/payment-postings.js';
import type { OpenLine } from './allocation.js';
import { balanceChangeOf, creditMovementsOf, movementsOf } from './posting.js';
import { mirrored } from './posting-rules.js';

const line = (name: string, invoiceDate: string): OpenLine => ({
  invoiceId: `i-${name}`,
  billLineId: `b-${name}`,
  open: 100,
  dueDate: invoiceDate,
  invoiceDate,
  number: name,
});

describe('a payment’s postings', () => {
  const allocations = [
    { line: line('old', '2026-01-01'), amount: 60 },
    { line: line('new', '2026-03-01'), amount: 30 },
  ];
  const postings = paymentPostings({ id: 'p', amount: 100, effectiveDate: '2026-02-01' }, allocations);

  it('take effect on the later of the payment’s and the invoice’s day', () => {
    expect(movementsOf(postings)).toEqual([
      { invoiceId: 'i-old', billLineId: 'b-old', amount: -60, effectiveDate: '2026-02-01' },
      { invoiceId: 'i-new', billLineId: 'b-new', amount: -30, effectiveDate: '2026-03-01' },
    ]);
    expect(creditMovementsOf(postings)).toEqual([
      { amount: 40, effectiveDate: '2026-02-01' },
      { amount: -30, effectiveDate: '2026-03-01' },
    ]);
  });

  it('lower what the account owes by what they allocate', () => {
    expect(balanceChangeOf(postings)).toBe(-90);
  });

  it('are undone by their mirror image', () => {
    const both = [...postings, ...postings.map((posting) => ({ ...posting, ...mirrored(posting) }))];
    expect([movementsOf(both), creditMovementsOf(both), balanceChangeOf(both)]).toEqual([[], [], 0]);
  });

  it('are none for a payment of 0', () => {
    expect(paymentPostings({ id: 'p', amount: 0, effectiveDate: '2026-02-01' }, [])).toEqual([]);
  });
});
