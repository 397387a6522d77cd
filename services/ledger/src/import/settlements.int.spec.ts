import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, sql, transaction } from '@recoup/service-kit';
import { recordPayment } from '../payments/record-payment.js';
import { returnPayment } from '../payments/return-payment.js';
import { readBalance } from '../postings/read-balance.js';
import { supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger('2026-11-22T12:00:00.000Z');
});
afterAll(() => ledger.stop());

const book = (line: string) =>
  ledger.importFile(
    `officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate,disputed\n${line}\n`,
  );

describe('a settlement of a day before the one on which the invoice was opened again', () => {
  it('counts from then, so that the invoice is never below 0', async () => {
    await book('NYC,R,R1,2026-01-01,2026-02-01,100.00,,');
    const id = (await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = 'R'`))?.id ?? '';
    const payment = { accountId: id, amount: 10_000, currency: 'USD', effectiveDate: '2026-01-10' };
    const paid = await transaction(ledger.db(), (tx) => recordPayment(tx, ledger.clock, supervisor, payment));
    const returned = { effectiveDate: '2026-03-01' };
    await transaction(ledger.db(), (tx) => returnPayment(tx, ledger.clock, supervisor, paid.id, returned));
    expect((await book('NYC,R,R1,2026-01-01,2026-02-01,100.00,2026-01-20,')).counts).toMatchObject({ booked: 1 });
    const asOf = async (day: string): Promise<unknown> => {
      const { balance, credit } = await readBalance(ledger.db(), ledger.clock, supervisor, 'account', id, day);
      return [balance, credit];
    };
    expect([await asOf('2026-01-09'), await asOf('2026-01-10'), await asOf('2026-01-20')]).toEqual([
      [10_000, 0],
      [0, 0],
      [0, 10_000],
    ]);
    expect([await asOf('2026-02-28'), await asOf('2026-03-01')]).toEqual([
      [0, 10_000],
      [0, 0],
    ]);
    expect(await ledger.violations()).toEqual([]);
  });
});
