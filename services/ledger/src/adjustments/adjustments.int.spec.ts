import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { booksOverHttp, type BooksOverHttp } from '../testing/books-over-http.js';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let books: BooksOverHttp;
let accountId: string;
const on = (offset: number): string => day(ledger.service, offset);

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  books = await booksOverHttp(ledger);
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  accountId = await books.account();
});

const adjust = async (body: object, status = 201) => (await ledger.post('adjustments', body, status)).body;

describe('an adjustment', () => {
  it('is EXCOL unless told, lowers what is oldest due first, and posts as a write-off under its own type', async () => {
    const [first, second] = [await books.invoice(accountId, 1_000, 1), await books.invoice(accountId, 1_000, 2)];
    const booked = await adjust({ accountId, amount: 1_200, reason: 'To Joan’s collector' });
    expect(booked).toMatchObject({ kind: 'adjustment', typeCode: 'EXCOL', amount: 1_200, payerCode: null });
    expect([await books.open(first), await books.open(second)]).toEqual([0, 800]);
    const posted = await rows(
      ledger.db(),
      sql`SELECT debit, credit, amount FROM postings WHERE transaction_id = ${booked.id} ORDER BY id`,
    );
    expect(posted).toEqual([
      { debit: 'write-off:EXCOL', credit: 'receivable:self', amount: 1_000 },
      { debit: 'write-off:EXCOL', credit: 'receivable:self', amount: 200 },
    ]);
    const told = (await outboxOf(ledger.db())).at(-1);
    expect(told).toMatchObject({
      type: 'recoup.ledger.adjusted.v1',
      data: { amount: 1_200, transactionTypeCode: 'EXCOL' },
    });
    expect(JSON.stringify(told)).not.toContain('Joan’s collector');
  });

  it('of an invoice or a bill line is at most what is open of it, and not before its date', async () => {
    const invoiceId = await books.invoice(accountId, 1_000, 1);
    expect(await adjust({ invoiceId, amount: 1_001 }, 422)).toMatchObject({
      code: 'adjustment-above-open',
      errors: [{ field: 'amount', expected: 'at most 1000' }],
    });
    const [line] = await books.lines(invoiceId);
    await adjust({ billLineId: line?.id, amount: 400 });
    expect(await adjust({ invoiceId, effectiveDate: on(-61) }, 422)).toMatchObject({
      code: 'before-invoice',
      errors: [{ field: 'effectiveDate', expected: `at least ${on(-60)}` }],
    });
    expect((await adjust({ invoiceId, effectiveDate: on(1) }, 422)).code).toBe('future-date');
    await adjust({ invoiceId });
    expect((await adjust({ invoiceId }, 422)).code).toBe('nothing-open');
    await adjust({ invoiceId, accountId }, 400);
    expect(await books.figures(accountId)).toEqual([0, 0]);
  });

  it('is answered as it is read, of an account, an invoice or a bill line, whatever its day', async () => {
    const invoiceId = await books.invoice(accountId, 1_000, 1);
    const [line] = await books.lines(invoiceId);
    const more = { amount: 10, effectiveDate: on(-3), reason: 'To Joan’s collector' };
    for (const path of ['adjustments', 'write-offs'])
      for (const target of [{ accountId }, { invoiceId }, { billLineId: line?.id }]) {
        const answered = await ledger.post(path, { ...target, ...more });
        const read = await ledger.get(`transactions/${answered.body.id}`);
        expect(answered.text).toBe(read.text);
      }
  });

  it('has a type of its kind: no write-off’s, and none that nobody knows', async () => {
    await books.invoice(accountId, 1_000, 1);
    for (const transactionTypeCode of ['coupon', 'EXCLUDED']) {
      const refused = await adjust({ accountId, transactionTypeCode }, 422);
      expect([refused.code, refused.errors[0].field]).toEqual(['unknown-transaction-type', 'transactionTypeCode']);
    }
    const writeOff = { accountId, transactionTypeCode: 'EXCOL' };
    expect((await ledger.post('write-offs', writeOff, 422)).body.code).toBe('unknown-transaction-type');
    expect(await books.figures(accountId)).toEqual([1_000, 0]);
  });

  it('is booked once under a key, by supervisors, on accounts of their offices', async () => {
    await books.invoice(accountId, 1_000, 1);
    const key = { 'Idempotency-Key': 'adjust-1' };
    const first = await ledger.post('adjustments', { accountId, amount: 100 }, 201, key);
    expect((await ledger.post('adjustments', { accountId, amount: 100 }, 201, key)).body).toEqual(first.body);
    expect(await books.figures(accountId)).toEqual([900, 0]);
    const collector = ledger.as(await ledger.service.bearer({ role: 'collector', user: 'cy' }));
    await collector.post('adjustments', { accountId }, 403);
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'sue', offices: ['MAD'] }));
    await elsewhere.post('adjustments', { accountId }, 404);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
