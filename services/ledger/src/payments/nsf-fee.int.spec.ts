import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
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

const giveBack = async (id: string, nsfFee: object, status = 201, headers = {}) =>
  (await ledger.post(`payments/${id}/return`, { effectiveDate: on(-2), nsfFee }, status, headers)).body;

describe('a fee for a returned payment', () => {
  it('is a new invoice of one line, dated and due on the day of booking, shown in the answer', async () => {
    await books.invoice(accountId, 1_000, 1);
    const { id } = await books.pay(accountId, 600);
    const before = (await outboxOf(ledger.db())).length;
    const key = { 'Idempotency-Key': 'nsf-1' };
    const returned = await giveBack(id, { amount: 2_500 }, 201, key);
    expect(returned).toMatchObject({
      kind: 'returned-payment',
      amount: 600,
      nsfFee: { invoiceDate: on(0), dueDate: on(0), total: 2_500, openAmount: 2_500 },
    });
    expect(returned.nsfFee.number).toBe(`NSF-${id.slice(-12)}`);
    expect(await giveBack(id, { amount: 2_500 }, 201, key)).toEqual(returned);
    expect(await books.figures(accountId)).toEqual([3_500, 0]);
    const [line] = await books.lines(returned.nsfFee.id);
    const filter = JSON.stringify({ id: line?.serviceLineId });
    expect((await ledger.get('service-lines', 200, { filter })).body).toMatchObject([
      { serviceTypeCode: 'nsf-fee', amount: 2_500, dateOfService: on(0) },
    ]);
    const told = (await outboxOf(ledger.db())).slice(before).map(({ type }) => type.split('.')[2]);
    expect(told).toEqual(['payment-returned', 'invoice-issued']);
  });

  it('takes credit of the account at once, like every new invoice', async () => {
    const { id } = await books.pay(accountId, 600);
    await books.pay(accountId, 1_000);
    const { nsfFee } = await giveBack(id, { amount: 2_500, serviceTypeCode: 'late-fee' });
    expect([nsfFee.openAmount, await books.figures(accountId)]).toEqual([1_500, [1_500, 0]]);
  });

  it('is refused with the whole return when its service type is none for fees, or the account gets no fees', async () => {
    const { id } = await books.pay(accountId, 600);
    expect(await giveBack(id, { amount: 1, serviceTypeCode: 'service' }, 422)).toMatchObject({
      code: 'not-a-fee',
      errors: [{ field: 'nsfFee.serviceTypeCode' }],
    });
    expect((await giveBack(id, { amount: 1, serviceTypeCode: 'x' }, 422)).code).toBe('unknown-service-type');
    expect((await giveBack(id, { amount: 0 }, 400)).errors[0].field).toBe('nsfFee.amount');
    await ledger.post('freezes', { accountId, cancellationReasonCode: 'non-payment' });
    expect((await giveBack(id, { amount: 1 }, 422)).code).toBe('frozen');
    expect(await books.figures(accountId)).toEqual([0, 600]);
    await ledger.post(`payments/${id}/return`, { effectiveDate: on(-2) });
    expect(await books.figures(accountId)).toEqual([0, 0]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});

describe('an invoice', () => {
  it('is not due before its date', async () => {
    const lines = [{ serviceTypeCode: 'service', dateOfService: on(-1), amount: 100 }];
    const body = { accountId, number: 'early', invoiceDate: on(-1), dueDate: on(-2), lines };
    expect((await ledger.post('invoices', body, 422)).body).toMatchObject({
      code: 'due-before-invoice',
      errors: [{ field: 'dueDate', expected: `at least ${on(-1)}` }],
    });
  });
});

describe('a dispute', () => {
  it('does not begin before its invoice', async () => {
    const invoiceId = await books.invoice(accountId, 100, 1);
    const body = { invoiceId, reason: 'Wrong', openedOn: on(-61) };
    expect((await ledger.post('disputes', body, 422)).body).toMatchObject({
      code: 'before-invoice',
      errors: [{ field: 'openedOn', expected: `at least ${on(-60)}` }],
    });
  });
});

describe('a service type', () => {
  it('is told with whether it marks fees, when it ships, is added and is changed', async () => {
    const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
    const added = (await admin.post('service-types', { code: 'visit-fee', name: 'Visit', isFee: true })).body;
    await admin.put(`service-types/${added.id}`, { ...added, isFee: false });
    const told = (await outboxOf(ledger.db())).filter(({ type }) => type.includes('service-type-defined'));
    const fees = told.map(({ data, sequence }) => {
      const { code, isFee }: { code: string; isFee: boolean } = data;
      return [code, isFee, sequence];
    });
    expect(fees).toEqual(
      expect.arrayContaining([
        ['nsf-fee', true, 1],
        ['visit-fee', true, 1],
        ['visit-fee', false, 2],
      ]),
    );
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });
});
