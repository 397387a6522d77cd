import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql } from '@recoup/service-kit';
import { bulkChunks, eventsAfter, figures, requireInvariants, type BulkChunks } from '../testing/bulk-chunks.js';
import { refusedEvents, testLedger, type TestLedger } from '../testing/test-ledger.js';

const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';
const addFees = 'recoup.ledger.add-fees.v1';
const reverse = 'recoup.ledger.reverse-transactions.v1';
let ledger: TestLedger;
let chunks: BulkChunks;

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  const numbers = ['PLAIN', 'CREDIT', 'FROZEN', 'CLOSED', 'PAID', 'TAKEN'];
  const lines = numbers.map((number, n) => `NYC,${number},${n},2026-01-01,2026-02-01,100.00,`);
  await ledger.importFile(`${header}${lines.join('\n')}\nTYO,YEN,Y,2026-01-01,2026-02-01,5000,\n`);
  await run(ledger.db(), sql`UPDATE accounts SET status = lower(number) WHERE number IN ('FROZEN', 'CLOSED')`);
});
afterEach(() => requireInvariants(ledger));
afterAll(() => ledger.stop());

const fee = (accountId: string, ...amounts: number[]) => ({
  accountId,
  currency: 'USD',
  lines: amounts.map((amount) => ({ serviceTypeCode: 'late-fee', amount })),
});

const feeOf = (serviceTypeCode: string, accountId: string) => ({
  accountId,
  currency: 'USD',
  lines: [{ serviceTypeCode, amount: 1 }],
});

describe('a chunk of fees', () => {
  it('makes each account one new invoice, dated and due on its office’s today, or says why not', async () => {
    const numbers = ['PLAIN', 'FROZEN', 'CLOSED', 'YEN', 'PAID', 'TAKEN', 'CREDIT'] as const;
    const ids = await Promise.all(numbers.map(chunks.idOf));
    const [plain = '', frozen = '', closed = '', yen = '', paid = '', taken = '', credit = ''] = ids;
    const outcomes = await chunks.ask(addFees, {
      items: [
        fee(plain, 2500, 500),
        fee(frozen, 1),
        fee(closed, 1),
        fee(yen, 1),
        feeOf('nothing-such', paid),
        feeOf('service', taken),
        { ...fee(credit, 8_000_000_000_000, 1) },
        fee(randomUUID(), 1),
        fee(plain, 1),
      ],
    });
    expect(outcomes.map(({ status, reason, amount }) => [status, reason, amount])).toEqual([
      ['done', null, 3000],
      ['skipped', 'frozen', 0],
      ['skipped', 'closed', 0],
      ['skipped', 'currency', 0],
      ['failed', 'unknown-service-type', 0],
      ['failed', 'not-a-fee', 0],
      ['failed', 'total-too-large', 0],
      ['failed', 'unknown-account', 0],
      ['failed', 'repeated-account', 0],
    ]);
    const invoice = await row(
      ledger.db(),
      sql`SELECT i.number, i.invoice_date, i.due_date, i.total, i.open_amount, t.reference, t.amount
          FROM invoices i JOIN transactions t ON t.invoice_id = i.id WHERE t.id = ${outcomes[0]?.transactionId}`,
    );
    const day = '2026-11-22';
    expect(invoice).toEqual({
      number: 'FEE-1',
      invoice_date: day,
      due_date: day,
      total: 3000,
      open_amount: 3000,
      reference: 'FEE-1',
      amount: 3000,
    });
    expect(await eventsAfter(ledger, plain, 2)).toEqual(['invoice-issued']);
    expect(await figures(ledger)).toMatchObject({ PLAIN: [13000, 0], PAID: [10000, 0] });
  });

  it('is dated by the office’s own day', async () => {
    ledger.clock.set('2026-11-22T20:00:00.000Z');
    const yen = await chunks.idOf('YEN');
    const [outcome] = await chunks.ask(addFees, { items: [{ ...fee(yen, 300), currency: 'JPY' }] });
    expect(outcome).toMatchObject({ status: 'done', amount: 300, currentAmount: 5000 });
    const invoice = await row(
      ledger.db(),
      sql`SELECT invoice_date FROM invoices WHERE account_id = ${yen} ORDER BY invoice_date DESC LIMIT 1`,
    );
    expect(invoice).toEqual({ invoice_date: '2026-11-23' });
    ledger.clock.set('2026-11-22T12:00:00.000Z');
  });

  it('passes over numbers that were given by hand', async () => {
    const invoices = ['FEE-3', 'FEE-4', 'FEE-5'].map((number) => `NYC,TAKEN,${number},2026-01-01,2026-02-01,1.00,`);
    await ledger.importFile(`${header}${invoices.join('\n')}\n`);
    const ids = await Promise.all(['TAKEN', 'PAID'].map(chunks.idOf));
    const outcomes = await chunks.ask(addFees, { items: ids.map((id) => fee(id, 700)) });
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    const numbers = await rows<{ number: string }>(
      ledger.db(),
      sql`SELECT number FROM invoices WHERE total = 700 ORDER BY number`,
    );
    expect(numbers.map(({ number }) => number)).toEqual(['FEE-6', 'FEE-7']);
  });

  it('asked for again, after a crash or after the answer, has one effect', async () => {
    const id = await chunks.idOf('PAID');
    const asked = { actionId: randomUUID(), items: [fee(id, 1100)] };
    await chunks.crash(addFees, asked);
    const first = await chunks.ask(addFees, asked);
    expect(await chunks.ask(addFees, asked)).toEqual(first);
    const [other] = await chunks.ask(addFees, { ...asked, chunk: 1 });
    expect(other).toMatchObject({ status: 'skipped', reason: 'already-booked' });
    const made = await rows(ledger.db(), sql`SELECT id FROM invoices WHERE account_id = ${id} AND total = 1100`);
    expect(made).toHaveLength(1);
  });
});

describe('the undo of fees', () => {
  it('takes the invoice back, and gives back the credit that it took first', async () => {
    const id = await chunks.idOf('CREDIT');
    await chunks.pay(id, 10_000 + 800);
    await chunks.pay(id, 500);
    const before = await row<{ sequence: number }>(ledger.db(), sql`SELECT sequence FROM accounts WHERE id = ${id}`);
    const [done] = await chunks.ask(addFees, { items: [fee(id, 1000, 600)] });
    expect(await figures(ledger)).toMatchObject({ CREDIT: [300, 0] });
    const [undone] = await chunks.ask(reverse, {
      items: [{ accountId: id, transactionId: done?.transactionId ?? '' }],
    });
    expect(undone).toMatchObject({ status: 'done', amount: 1600, currentAmount: 300 });
    expect(await figures(ledger)).toMatchObject({ CREDIT: [0, 1300] });
    expect(await eventsAfter(ledger, id, before?.sequence ?? 0)).toEqual([
      'invoice-issued',
      'credit-applied',
      'transaction-reversed',
    ]);
    const [again] = await chunks.ask(reverse, { items: [{ accountId: id, transactionId: done?.transactionId ?? '' }] });
    expect(again).toMatchObject({ status: 'skipped', reason: 'already-reversed' });
  });

  it('leaves a fee of which anything was paid', async () => {
    const id = await chunks.idOf('PLAIN');
    const [done] = await chunks.ask(addFees, { items: [fee(id, 1000)] });
    await chunks.pay(id, 13_001);
    const items = [{ accountId: id, transactionId: done?.transactionId ?? '' }];
    const [undone] = await chunks.ask(reverse, { items });
    expect(undone).toMatchObject({ status: 'skipped', reason: 'paid', amount: 0 });
  });

  it('publishes what the catalog accepts', async () => {
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });
});
