import { describe, expect, it } from '@jest/globals';
import { heldByPayer } from './held.js';

const agency = { payerCode: 'COLLECT', payerName: 'Collect Ltd', payerType: 'generic', payerInvoiceId: null } as const;
const insurer = { payerCode: 'INS', payerName: 'Insurance', payerType: 'insurer', payerInvoiceId: null } as const;
const own = { payerCode: 'SELF', payerName: 'Self', payerType: 'self', payerInvoiceId: null } as const;

describe('what others are responsible for of an account', () => {
  it('is summed by payer, insurers first', () => {
    const lines = [
      { ...agency, openAmount: 8_000 },
      { ...insurer, openAmount: 300 },
      { ...insurer, payerCode: 'AID', payerName: 'Aid', openAmount: 20 },
      { ...agency, openAmount: 500, payerInvoiceId: 'i1' },
    ];
    expect(heldByPayer(lines)).toEqual([
      { payerCode: 'AID', payerName: 'Aid', payerType: 'insurer', amount: 20, uninvoiced: 20 },
      { payerCode: 'INS', payerName: 'Insurance', payerType: 'insurer', amount: 300, uninvoiced: 300 },
      { payerCode: 'COLLECT', payerName: 'Collect Ltd', payerType: 'generic', amount: 8_500, uninvoiced: 8_000 },
    ]);
  });

  it('is nothing of what the account itself owes', () => {
    expect(heldByPayer([{ ...own, openAmount: 1 }])).toEqual([]);
  });
});
