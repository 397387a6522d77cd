import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { booksOverHttp, type BooksOverHttp } from '../testing/books-over-http.js';
import { ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let admin: LedgerOverHttp;
let books: BooksOverHttp;

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  books = await booksOverHttp(ledger);
  admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
});
afterAll(() => ledger.stop());

const path = 'transaction-types';
const add = async (body: object, status = 201) =>
  (
    await admin.post(
      path,
      { code: 'small', name: 'Small balance', plural: 'Small balances', kind: 'write-off', ...body },
      status,
    )
  ).body;
const typeOf = async (code: string) => (await ledger.get(path, 200, { filter: JSON.stringify({ code }) })).body[0];

describe('a transaction type', () => {
  it('is named by administrators, who choose its kind from what posts alike, and takes transactions at once', async () => {
    const added = await add({});
    expect(added).toMatchObject({ code: 'small', kind: 'write-off', active: true, version: 1 });
    await add({ code: 'goodwill', kind: 'adjustment' });
    const told = (await outboxOf(ledger.db())).slice(-2).map(({ data }) => data);
    expect(told).toMatchObject([
      { code: 'small', plural: 'Small balances' },
      { code: 'goodwill', kind: 'adjustment' },
    ]);
    const accountId = await books.account();
    await books.invoice(accountId, 100, 1);
    await ledger.post('write-offs', { accountId, amount: 60, transactionTypeCode: 'small' });
    await ledger.post('adjustments', { accountId, transactionTypeCode: 'goodwill' });
    expect(await books.figures(accountId)).toEqual([0, 0]);
  });

  it('is refused with a kind that the ledger books by itself, a code that is taken or reserved, or no name', async () => {
    expect((await add({ code: 'x', kind: 'payment' }, 400)).errors[0].field).toBe('kind');
    expect((await add({ code: 'coupon' }, 409)).code).toBe('code-taken');
    expect((await add({ code: 'custom-write-off-3' }, 422)).code).toBe('reserved-code');
    expect((await add({ code: 'x', plural: ' ' }, 400)).errors[0].field).toBe('plural');
    await ledger.post(path, { code: 'x', name: 'x', plural: 'x', kind: 'write-off' }, 403);
  });

  it('is renamed, and closed to new transactions, under its code and kind', async () => {
    const coupon = await typeOf('coupon');
    const renamed = (await admin.put(`${path}/${coupon.id}`, { ...coupon, plural: 'Vouchers' })).body;
    expect(renamed).toMatchObject({ code: 'coupon', plural: 'Vouchers', version: coupon.version + 1 });
    await admin.put(`${path}/${coupon.id}`, renamed, 412, { 'If-Match': '"1"' });
    expect((await admin.put(`${path}/${coupon.id}`, { kind: 'adjustment' }, 400)).body.code).toBe('read-only');
    await admin.put(`${path}/${coupon.id}`, { active: false });
    const accountId = await books.account();
    await books.invoice(accountId, 100, 1);
    expect((await ledger.post('write-offs', { accountId }, 422)).body.code).toBe('unknown-transaction-type');
  });

  it('that the ledger books by itself is renamed only, and a custom write-off only in its settings', async () => {
    const payment = await typeOf('payment');
    expect((await admin.put(`${path}/${payment.id}`, { active: false }, 422)).body.code).toBe('always-in-use');
    expect((await admin.put(`${path}/${payment.id}`, { plural: 'Receipts' })).body.plural).toBe('Receipts');
    await admin.put('write-off-settings', { inUse: 1, writeOffs: [{ name: 'Agency', plural: 'Agency' }] });
    const custom = await typeOf('custom-write-off-1');
    expect((await admin.put(`${path}/${custom.id}`, { active: false }, 422)).body.code).toBe('set-in-settings');
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
