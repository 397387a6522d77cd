import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

let ledger: AgencyLedger;
let account: string;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  account = await ledger.account();
});

const type = 'custom-write-off-1';

describe('what a payment’s window writes off', () => {
  it('is never above what the payment left open, of lines of the account alone, under a type of write-off', async () => {
    const invoice = await ledger.invoice(account, 1_000);
    const [line] = await ledger.lines(invoice);
    const off = (amount: number, transactionTypeCode = type) => ({
      writeOffs: [{ billLineId: line.id, amount, transactionTypeCode }],
    });
    expect(await ledger.pay(account, 300, off(701), 422)).toMatchObject({
      code: 'write-off-above-open',
      errors: [{ field: 'writeOffs.0.amount', expected: 'at most 700' }],
    });
    expect((await ledger.pay(account, 300, off(700, 'payment'), 422)).code).toBe('unknown-transaction-type');
    const early = { ...off(700), effectiveDate: ledger.on(-61), allocations: [] };
    expect((await ledger.pay(account, 0, early, 422)).code).toBe('before-invoice');
    expect(await ledger.figures(account)).toEqual([1_000, 0]);
    const paid = await ledger.pay(account, 300, off(700));
    expect(await ledger.figures(account)).toEqual([0, 0]);
    const shown = await ledger.get('transactions', 200, {
      filter: JSON.stringify({ accountId: account, kind: 'write-off' }),
    });
    expect(shown.body).toMatchObject([{ typeCode: type, amount: 700, paymentId: paid.id, billLineId: line.id }]);
    expect(await ledger.violations()).toEqual([]);
  });
});
