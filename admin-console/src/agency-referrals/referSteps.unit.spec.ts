import { describe, expect, it } from '@jest/globals';
import { isHalfDone, isTicked, notBegun, referSteps, standingOf, stepAfter, zeroPayment } from './referSteps.js';

const line = {
  id: 'b1',
  serviceLineId: 's1',
  invoiceId: 'i1',
  invoiceNumber: '100',
  accountId: 'a1',
  payerCode: 'SELF',
  payerName: 'Self',
  payerType: 'self',
  amount: 9000,
  openAmount: 8000,
  currency: 'USD',
  responsibilityDate: '2026-01-01',
  dateOfService: '2026-01-01',
  openedBy: null,
  payerInvoiceId: null,
} as const;

const ticks = (progress: Partial<typeof notBegun>) =>
  referSteps.map((step) => standingOf(step, { ...notBegun, ...progress }));

describe('referring step by step', () => {
  it('goes from the assignment to the invoice', () => {
    expect(stepAfter('assign', notBegun)).toBe('payment');
    expect(stepAfter('queue', { lines: [line] })).toBe('invoice');
    expect(stepAfter('invoice', { lines: [line] })).toBe('done');
  });

  it('goes from the assignment to the queueing when the write-off is booked already', () => {
    expect(stepAfter('assign', { lines: [line] })).toBe('queue');
  });

  it('is half done from the write-off until the queueing', () => {
    expect(isHalfDone({ step: 'write-off', lines: [] })).toBe(false);
    for (const step of ['queue', 'assign'] as const) expect(isHalfDone({ step, lines: [line] })).toBe(true);
    for (const step of ['invoice', 'done'] as const) expect(isHalfDone({ step, lines: [line] })).toBe(false);
  });

  it('has a tick at what is booked or needs nothing, not at what is only filled in', () => {
    expect(ticks({ step: 'assign' })).toEqual([null, null, null, null, null]);
    expect(ticks({ step: 'payment', assignedBefore: true })).toEqual(['not-needed', null, null, null, null]);
    expect(ticks({ step: 'write-off' })).toEqual(['booked', 'filled-in', null, null, null]);
    expect(ticks({ step: 'queue', lines: [line] })).toEqual(['booked', 'booked', 'booked', null, null]);
    expect(ticks({ step: 'assign', lines: [line] })).toEqual([null, 'booked', 'booked', null, null]);
    expect(ticks({ step: 'invoice' })).toEqual(['booked', 'booked', 'booked', 'booked', null]);
    expect(ticks({ step: 'done' })).toEqual(Array(5).fill('booked'));
    expect((['booked', 'not-needed', 'filled-in', null] as const).map(isTicked)).toEqual([true, true, false, false]);
  });

  it('pays nothing and writes off the full balance of each line', () => {
    const progress = { ...notBegun, effectiveDate: '2026-11-22', typeCode: 'custom-write-off-1', lines: [line] };
    expect(zeroPayment(progress, { id: 'a1', currency: 'USD' })).toEqual({
      accountId: 'a1',
      amount: 0,
      currency: 'USD',
      effectiveDate: '2026-11-22',
      writeOffs: [{ billLineId: 'b1', amount: 8000, transactionTypeCode: 'custom-write-off-1' }],
    });
  });
});
