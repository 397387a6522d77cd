import { describe, expect, it } from '@jest/globals';
import { uninvoiced } from './uninvoiced.js';

const agency = { payerCode: 'COLLECT', payerName: 'Collect Ltd', payerType: 'generic', payerInvoiceId: null } as const;
const insurer = { payerCode: 'INS', payerName: 'Insurance', payerType: 'insurer', payerInvoiceId: null } as const;
const own = { payerCode: 'SELF', payerName: 'Self', payerType: 'self', payerInvoiceId: null } as const;

describe('lines without an invoice to their payer', () => {
  it('are summed by payer, insurers and agencies alike', () => {
    const lines = [
      { ...agency, openAmount: 8_000 },
      { ...insurer, openAmount: 300 },
      { ...agency, openAmount: 500 },
    ];
    expect(uninvoiced(lines)).toEqual([
      { payerCode: 'COLLECT', payerName: 'Collect Ltd', payerType: 'generic', amount: 8_500 },
      { payerCode: 'INS', payerName: 'Insurance', payerType: 'insurer', amount: 300 },
    ]);
  });

  it('are neither what the account itself owes nor what stands on one', () => {
    expect(
      uninvoiced([
        { ...own, openAmount: 1 },
        { ...agency, openAmount: 2, payerInvoiceId: 'i1' },
      ]),
    ).toEqual([]);
  });
});
