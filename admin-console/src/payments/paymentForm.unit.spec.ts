import { describe, expect, it } from '@jest/globals';
import type { BillLine } from '../bill-lines/billLine.js';
import { paymentBody, problemsOf, type PaymentForm } from './paymentForm.js';

const form: PaymentForm = {
  payerCode: 'SELF',
  amount: '0.00',
  effectiveDate: '2026-11-22',
  reference: ' Sent to agency ',
  allocation: 'oldest-first',
  paid: {},
  writtenOff: {},
  writeOffType: '',
};

function line(id: string, openAmount: number, payerType: BillLine['payerType'] = 'self'): BillLine {
  return {
    id,
    serviceLineId: 's',
    invoiceId: 'i',
    invoiceNumber: '100',
    accountId: 'a',
    payerCode: payerType,
    payerName: payerType,
    payerType,
    amount: openAmount,
    openAmount,
    currency: 'USD',
    responsibilityDate: '2026-01-01',
    dateOfService: '2026-01-01',
    serviceTypeCode: 'service',
    openedBy: null,
    payerInvoiceId: null,
  };
}

const account = { id: 'a', currency: 'USD' };

describe('a payment being filled in', () => {
  it('may be of nothing, with the custom write-off of the full balance beside it', () => {
    const given = { ...form, writtenOff: { one: '80.00', two: '' }, writeOffType: 'custom-write-off-1' };
    expect(problemsOf(given, [line('one', 8000), line('two', 500)], 'USD')).toEqual([]);
    expect(paymentBody(given, account, 'SELF')).toEqual({
      accountId: 'a',
      amount: 0,
      currency: 'USD',
      effectiveDate: '2026-11-22',
      reference: 'Sent to agency',
      writeOffs: [{ billLineId: 'one', amount: 8000, transactionTypeCode: 'custom-write-off-1' }],
    });
  });

  it('is allocated by hand within what is open and what is paid', () => {
    const given: PaymentForm = { ...form, amount: '50', allocation: 'by-hand', paid: { one: '40', two: '20' } };
    const lines = [line('one', 3000), line('two', 5000)];
    expect(problemsOf(given, lines, 'USD')).toEqual([
      { kind: 'above-open', billLineId: 'one' },
      { kind: 'above-payment' },
    ]);
    expect(problemsOf({ ...given, paid: { one: 'x' } }, lines, 'USD')).toEqual([
      { kind: 'unreadable', billLineId: 'one' },
    ]);
    const good = { ...given, paid: { one: '30', two: '20' } };
    expect(problemsOf(good, lines, 'USD')).toEqual([]);
    expect(paymentBody(good, account, 'SELF')).toMatchObject({
      amount: 5000,
      allocations: [
        { billLineId: 'one', amount: 3000 },
        { billLineId: 'two', amount: 2000 },
      ],
    });
  });

  it('of an agency is never more than it holds, and names it', () => {
    const given: PaymentForm = { ...form, payerCode: 'AGENCY', amount: '31' };
    expect(problemsOf(given, [line('one', 3000, 'generic')], 'USD')).toEqual([{ kind: 'above-outstanding' }]);
    expect(paymentBody({ ...given, amount: '30' }, account, 'SELF')).toMatchObject({
      payerCode: 'AGENCY',
      amount: 3000,
    });
  });

  it('with a write-off needs its type', () => {
    expect(problemsOf({ ...form, writtenOff: { one: '1' } }, [line('one', 500)], 'USD')).toEqual([{ kind: 'no-type' }]);
  });
});
