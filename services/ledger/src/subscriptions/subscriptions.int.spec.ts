import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { booksOverHttp, type BooksOverHttp } from '../testing/books-over-http.js';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let books: BooksOverHttp;
let accountId: string;
let count = 0;

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  books = await booksOverHttp(ledger);
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  accountId = await books.account();
});

const open = async (more: object = {}, status = 201) => {
  count += 1;
  const body = { accountId, number: `S${count}`, serviceTypeCode: 'service', startedOn: '2026-03-01', ...more };
  return (await ledger.post('subscriptions', body, status)).body;
};
const edit = async (subscription: { id: string }, changes: object, status = 200) =>
  (await ledger.put(`subscriptions/${subscription.id}`, { ...subscription, ...changes }, status)).body;

describe('a subscription', () => {
  it('is opened active, with its discount, and told on the bus', async () => {
    const opened = await open({ initialServiceDiscount: 2_500 });
    expect(opened).toMatchObject({
      accountId,
      officeCode: 'UTC',
      status: 'active',
      initialServiceDiscount: 2_500,
      currency: 'USD',
      version: 1,
    });
    const told = (await outboxOf(ledger.db())).findLast(({ type }) => type.includes('subscription-changed'));
    expect(told).toMatchObject({ subject: accountId, data: { subscriptionId: opened.id, status: 'active' } });
    const listed = (await ledger.get('subscriptions', 200, { filter: JSON.stringify({ accountId }) })).body;
    expect(listed).toEqual([opened]);
  });

  it('has a number of its own in the office, a known service type, and the account’s currency', async () => {
    const { number } = await open();
    expect((await open({ number }, 409)).code).toBe('subscription-number-taken');
    expect(await open({ serviceTypeCode: 'nothing' }, 422)).toMatchObject({
      code: 'unknown-service-type',
      errors: [{ field: 'serviceTypeCode', expected: 'a code of GET service-types' }],
    });
    expect((await open({ currency: 'EUR' }, 422)).code).toBe('currency');
    expect((await open({ initialServiceDiscount: -1 }, 400)).errors[0].field).toBe('initialServiceDiscount');
    expect((await open({ startedOn: '2026-02-30' }, 400)).errors[0].field).toBe('startedOn');
  });

  it('is cancelled and made active by people, on the version that they read', async () => {
    const opened = await open();
    const cancelled = await edit(opened, { status: 'cancelled', initialServiceDiscount: 100 });
    expect(cancelled).toMatchObject({ status: 'cancelled', initialServiceDiscount: 100, version: 2 });
    await ledger.put(`subscriptions/${opened.id}`, cancelled, 412, { 'If-Match': '"1"' });
    expect((await edit(cancelled, { number: 'other' }, 400)).code).toBe('read-only');
    expect(await edit(cancelled, { status: 'active' })).toMatchObject({ status: 'active', version: 3 });
  });

  it('is frozen by a freeze of its account alone', async () => {
    expect((await edit(await open(), { status: 'frozen' }, 422)).code).toBe('frozen');
  });

  it('is not opened for an account that is frozen or closed, nor made active there', async () => {
    const opened = await open();
    const cancelled = await edit(opened, { status: 'cancelled' });
    await ledger.post('freezes', { accountId, cancellationReasonCode: 'non-payment' });
    expect((await open({}, 422)).code).toBe('frozen');
    expect((await edit(cancelled, { status: 'active' }, 422)).code).toBe('frozen');
    await ledger.post(`accounts/${accountId}/status`, { status: 'closed' }, 200);
    expect((await open({}, 422)).code).toBe('closed');
    expect((await edit(cancelled, { status: 'active' }, 422)).code).toBe('closed');
  });

  it('is named by lines of invoices of its own account', async () => {
    const { id: subscriptionId } = await open();
    const line = { serviceTypeCode: 'service', dateOfService: day(ledger.service), amount: 500, subscriptionId };
    const invoiceId = await books.invoice(accountId, 0, 1, { lines: [line] });
    const filter = JSON.stringify({ invoiceId });
    expect((await ledger.get('service-lines', 200, { filter })).body[0]).toMatchObject({ subscriptionId });
    const told = (await outboxOf(ledger.db())).findLast(({ type }) => type.includes('invoice-issued'));
    expect(told?.data).toMatchObject({ lines: [{ subscriptionId }] });
    const today = day(ledger.service);
    const other = { accountId: await books.account(), number: 'x', invoiceDate: today, dueDate: today, lines: [line] };
    expect((await ledger.post('invoices', other, 422)).body).toMatchObject({
      code: 'unknown-subscription',
      errors: [{ field: 'lines.0.subscriptionId' }],
    });
  });

  it('of another office doesn’t exist, and every event is one that the catalog accepts', async () => {
    const { id } = await open();
    const token = await ledger.service.bearer({ role: 'supervisor', user: 'sue', offices: ['MAD'] });
    const elsewhere = ledger.as(token);
    await elsewhere.get(`subscriptions/${id}`, 404);
    await elsewhere.post(`subscriptions/${id}/roll-back`, {}, 404);
    expect((await elsewhere.get('subscriptions')).body).toEqual([]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
