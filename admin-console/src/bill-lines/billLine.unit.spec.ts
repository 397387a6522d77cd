import { describe, expect, it } from '@jest/globals';
import { openOf, withPayers, type BillLine, type ServiceLine } from './billLine.js';

function billLine(change: Partial<BillLine>): BillLine {
  return {
    id: 'b',
    serviceLineId: 's1',
    invoiceId: 'i',
    invoiceNumber: '100',
    accountId: 'a',
    payerCode: 'SELF',
    payerName: 'Self',
    payerType: 'self',
    amount: 500,
    openAmount: 500,
    currency: 'USD',
    responsibilityDate: '2026-01-01',
    serviceTypeCode: 'visit',
    dateOfService: '2026-01-01',
    openedBy: null,
    payerInvoiceId: null,
    ...change,
  };
}

const serviceLine: ServiceLine = {
  id: 's1',
  invoiceId: 'i',
  serviceTypeCode: 'visit',
  dateOfService: '2026-01-01',
  amount: 500,
  currency: 'USD',
  description: null,
};

describe('bill lines', () => {
  it('stand under their service line, Self first, then by responsibility', () => {
    const lines = [
      billLine({ id: 'agency', payerType: 'generic', responsibilityDate: '2026-03-01' }),
      billLine({ id: 'insurer', payerType: 'insurer', responsibilityDate: '2025-12-01' }),
      billLine({ id: 'self', responsibilityDate: '2026-04-01' }),
      billLine({ id: 'other', serviceLineId: 's2' }),
    ];
    const [shown] = withPayers([serviceLine], lines);
    expect(shown?.billLines.map(({ id }) => id)).toEqual(['self', 'insurer', 'agency']);
  });

  it('have an open amount together', () => {
    expect(openOf([billLine({}), billLine({ openAmount: 250 })])).toBe(750);
    expect(openOf([])).toBe(0);
  });
});
