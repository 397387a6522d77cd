import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, sql, transaction } from '@recoup/service-kit';
import { recordPayment } from '../payments/record-payment.js';
import { columns } from '../testing/import-files.js';
import { supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger('2026-11-22T12:00:00.000Z');
});
afterAll(() => ledger.stop());

const book = (lines: string[]) => ledger.importFile([columns, ...lines].join('\n'));
const invoice = (number: string) =>
  row<{ total: number; open_amount: number; balance: number; credit: number }>(
    ledger.db(),
    sql`SELECT i.total, i.open_amount, a.balance, a.credit FROM invoices i JOIN accounts a ON a.id = i.account_id WHERE i.number = ${number}`,
  );

describe('credit', () => {
  it('is left by a settlement of what was paid already, and taken by the next open invoices, oldest due first', async () => {
    await book(['NYC,C,C1,2026-01-01,2026-02-01,100.00,,']);
    const account = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = 'C'`);
    const payment = { accountId: account?.id ?? '', amount: 10_000, currency: 'USD', effectiveDate: '2026-01-10' };
    await transaction(ledger.db(), (tx) => recordPayment(tx, ledger.clock, supervisor, payment));
    await book(['NYC,C,C1,2026-01-01,2026-02-01,100.00,2026-01-20,']);
    expect(await invoice('C1')).toMatchObject({ open_amount: 0, credit: 10_000 });
    await book([
      'NYC,C,C3,2026-03-01,2026-05-01,80.00,,',
      'NYC,C,C2,2026-03-01,2026-04-01,70.00,,',
      'NYC,C,C4,2026-03-01,2026-04-01,9.00,2026-03-02,',
    ]);
    expect([await invoice('C2'), await invoice('C3')]).toMatchObject([
      { open_amount: 0 },
      { open_amount: 5_000, balance: 5_000, credit: 0 },
    ]);
    expect(await ledger.violations()).toEqual([]);
  });
});

const creditRows = (account: string) => [
  `NYC,${account},${account}1,2026-01-01,2026-02-01,100.00,2026-01-20,`,
  `NYC,${account},${account}2,2026-03-01,2026-04-01,60.00,,`,
  `NYC,${account},${account}2,2026-03-01,2026-04-01,60.00,2026-03-09,`,
  `NYC,${account},${account}3,2026-03-01,2026-04-01,70.00,,`,
];

describe('credit that a row of a file leaves', () => {
  it('is taken by new invoices of later rows, in one file as in several', async () => {
    for (const account of ['P', 'Q']) {
      await book([`NYC,${account},${account}1,2026-01-01,2026-02-01,100.00,,`]);
      const found = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = ${account}`);
      const payment = { accountId: found?.id ?? '', amount: 10_000, currency: 'USD', effectiveDate: '2026-01-10' };
      await transaction(ledger.db(), (tx) => recordPayment(tx, ledger.clock, supervisor, payment));
    }
    const done = await book(creditRows('P'));
    expect(done.counts).toMatchObject({ rows: 4, booked: 4 });
    for (const line of creditRows('Q')) await book([line]);
    for (const account of ['P', 'Q']) {
      expect(await invoice(`${account}2`)).toMatchObject({ open_amount: 0, balance: 0, credit: 3_000 });
      expect(await invoice(`${account}3`)).toMatchObject({ open_amount: 0 });
    }
    expect(await ledger.violations()).toEqual([]);
  });
});
