import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { outboxOf, refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let admin: LedgerOverHttp;
let account: string;
let count = 0;
const on = (offset: number): string => day(ledger.service, offset);

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'UTC', name: 'Office', currency: 'USD', timeZone: 'UTC' });
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  count += 1;
  account = (await ledger.post('accounts', { officeCode: 'UTC', number: `A${count}`, name: 'Ann Smith' })).body.id;
});

async function invoice(amount: number, dueIn: number, more: object = {}): Promise<string> {
  count += 1;
  const lines = [{ serviceTypeCode: 'service', dateOfService: on(-60), amount }];
  const body = { accountId: account, number: `I${count}`, invoiceDate: on(-60), dueDate: on(dueIn), lines, ...more };
  return (await ledger.post('invoices', body)).body.id;
}
const pay = async (amount: number, more: object = {}, status = 201) =>
  (
    await ledger.post(
      'payments',
      { accountId: account, amount, currency: 'USD', effectiveDate: on(-5), ...more },
      status,
    )
  ).body;
const open = async (id: string): Promise<number> => (await ledger.get(`invoices/${id}`)).body.openAmount;
const figures = async (): Promise<[number, number]> => {
  const { balance, credit } = (await ledger.get(`accounts/${account}`)).body;
  return [balance, credit];
};

describe('a payment', () => {
  it('goes to what is oldest due, and the rest stays as credit that the next invoice takes at once', async () => {
    const [late, early] = [await invoice(10_000, 30), await invoice(5_000, 10)];
    await pay(6_000);
    expect([await open(early), await open(late)]).toEqual([0, 9_000]);
    await pay(10_000, { reference: 'cheque 7' });
    expect(await figures()).toEqual([0, 1_000]);
    const next = await invoice(2_500, 40);
    expect(await open(next)).toBe(1_500);
    expect(await figures()).toEqual([1_500, 0]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('keeps its credit where the office doesn’t apply it at once', async () => {
    const [office] = (await admin.get('offices')).body;
    await admin.put(`offices/${office.id}`, { ...office, applyCredit: false });
    await pay(1_000);
    await invoice(400, 1);
    expect(await figures()).toEqual([400, 1_000]);
    await admin.put(`offices/${office.id}`, { ...office, applyCredit: true, version: office.version + 1 });
  });

  it('goes where its allocations say, never above what is open, nor above itself', async () => {
    const [a, b] = [await invoice(1_000, 1), await invoice(1_000, 2)];
    await pay(1_500, { allocations: [{ invoiceId: b, amount: 700 }] });
    expect([await open(a), await open(b), await figures()]).toEqual([1_000, 300, [1_300, 800]]);
    expect(await pay(900, { allocations: [{ invoiceId: b, amount: 301 }] }, 422)).toMatchObject({
      code: 'allocation-above-open',
      detail: 'allocations.0.amount is refused: it is more than is owed on that invoice. Right would be at most 300.',
    });
    expect((await pay(100, { allocations: [{ invoiceId: b, amount: 200 }] }, 422)).code).toBe(
      'allocation-above-payment',
    );
  });

  it('may be 0, must be in the account’s currency, and not of a day to come', async () => {
    expect(await pay(0)).toMatchObject({ amount: 0, kind: 'payment' });
    expect((await pay(1, { currency: 'EUR' }, 422)).code).toBe('currency');
    expect((await pay(1, { effectiveDate: on(2) }, 422)).code).toBe('future-date');
    await pay(-1, {}, 400);
  });

  it('with the same key books once, with other input under that key not at all', async () => {
    const body = { accountId: account, amount: 100, currency: 'USD', effectiveDate: on(0) };
    const key = { 'Idempotency-Key': 'k-1' };
    const first = await ledger.post('payments', body, 201, key);
    const again = await ledger.post('payments', body, 201, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-hit']).toBe('true');
    expect((await ledger.post('payments', { ...body, amount: 101 }, 422, key)).body.code).toBe(
      'idempotency-key-reused',
    );
    expect(await figures()).toEqual([0, 100]);
  });

  it('counts from its day on: every balance can be asked for as of any date', async () => {
    const id = await invoice(1_000, -20);
    await pay(600, { effectiveDate: on(-10) });
    const at = async (path: string, offset: number) =>
      (await ledger.get(`${path}/balance`, 200, { asOf: on(offset) })).body.balance;
    expect([
      await at(`accounts/${account}`, -61),
      await at(`accounts/${account}`, -11),
      await at(`accounts/${account}`, -10),
    ]).toEqual([0, 1_000, 400]);
    expect([await at(`invoices/${id}`, -11), await at(`invoices/${id}`, 0)]).toEqual([1_000, 400]);
    const [line] = (await ledger.get('bill-lines', 200, { filter: JSON.stringify({ invoiceId: id }) })).body;
    expect(await at(`bill-lines/${line.id}`, -11)).toBe(1_000);
    const [listed] = (
      await ledger.get('invoices', 200, { filter: JSON.stringify({ accountId: account, asOf: on(-11) }) })
    ).body;
    expect(listed.openAmount).toBe(1_000);
    await ledger.get(`accounts/${account}/balance`, 422, { asOf: on(3) });
  });
});

describe('a returned payment', () => {
  it('reopens all it paid, credit of it that a later invoice took included, from the day of the return', async () => {
    const first = await invoice(1_000, 1);
    const { id } = await pay(1_600, { effectiveDate: on(-10) });
    const second = await invoice(500, 5);
    expect(await figures()).toEqual([0, 100]);
    const returned = (await ledger.post(`payments/${id}/return`, { effectiveDate: on(-3), reason: 'NSF' })).body;
    expect(returned).toMatchObject({ kind: 'returned-payment', reversesId: id, amount: 1_600 });
    expect([await open(first), await open(second), await figures()]).toEqual([1_000, 500, [1_500, 0]]);
    const asOf = async (offset: number) =>
      (await ledger.get(`accounts/${account}/balance`, 200, { asOf: on(offset) })).body.balance;
    expect([await asOf(-4), await asOf(-3)]).toEqual([0, 1_500]);
    expect((await ledger.post(`payments/${id}/return`, { effectiveDate: on(0) }, 409)).body.code).toBe(
      'already-reversed',
    );
    expect((await ledger.post(`transactions/${returned.id}/reverse`, { reason: 'x' }, 422)).body.code).toBe(
      'not-reversible',
    );
    expect(await ledger.violations()).toEqual([]);
  });

  it('of a day before an invoice that took its credit opens that invoice on its own day, not before it', async () => {
    const { id } = await pay(1_000, { effectiveDate: on(-50) });
    const kept = await invoice(300, 5, { invoiceDate: on(-20) });
    const taken = await invoice(400, 5, { invoiceDate: on(-20) });
    const filter = JSON.stringify({ accountId: account, invoiceId: taken, kind: 'credit-application' });
    const [application] = (await ledger.get('transactions', 200, { filter })).body;
    await ledger.post(`transactions/${application.id}/reverse`, { reason: 'wrong invoice' });
    await ledger.post(`payments/${id}/return`, { effectiveDate: on(-40) });
    const asOf = async (offset: number): Promise<[number, number]> => {
      const { balance, credit } = (await ledger.get(`accounts/${account}/balance`, 200, { asOf: on(offset) })).body;
      return [balance, credit];
    };
    expect([await asOf(-45), await asOf(-40), await asOf(-21)]).toEqual([
      [0, 1_000],
      [0, 0],
      [0, 0],
    ]);
    expect([await asOf(-20), await asOf(-1), await asOf(0)]).toEqual([
      [700, 0],
      [700, 0],
      [700, 0],
    ]);
    expect([await open(kept), await open(taken), await figures()]).toEqual([300, 400, [700, 0]]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('can’t come before the payment, nor tomorrow', async () => {
    const { id } = await pay(100, { effectiveDate: on(-3) });
    expect((await ledger.post(`payments/${id}/return`, { effectiveDate: on(-4) }, 422)).body.code).toBe(
      'before-payment',
    );
    expect((await ledger.post(`payments/${id}/return`, { effectiveDate: on(2) }, 422)).body.code).toBe('future-date');
  });

  it('after its applied credit was reversed gives back only what is left', async () => {
    const { id } = await pay(1_000);
    const taken = await invoice(400, 5);
    const filter = JSON.stringify({ accountId: account, kind: 'credit-application' });
    const [application] = (await ledger.get('transactions', 200, { filter })).body;
    await ledger.post(`transactions/${application.id}/reverse`, { reason: 'wrong invoice' });
    expect([await open(taken), await figures()]).toEqual([400, [400, 1_000]]);
    await ledger.post(`payments/${id}/return`, { effectiveDate: on(0) });
    expect(await figures()).toEqual([400, 0]);
    expect(await ledger.violations()).toEqual([]);
  });
});

describe('a write-off', () => {
  it('closes an account, an invoice or a bill line, oldest due first, never more than is open', async () => {
    const [a, b] = [await invoice(1_000, 1), await invoice(1_000, 2)];
    const off = async (body: object, status = 201) => (await ledger.post('write-offs', body, status)).body;
    expect(await off({ accountId: account, amount: 1_200 })).toMatchObject({
      kind: 'write-off',
      typeCode: 'coupon',
      amount: 1_200,
    });
    expect([await open(a), await open(b)]).toEqual([0, 800]);
    expect((await off({ invoiceId: b, amount: 801 }, 422)).code).toBe('write-off-above-open');
    const [line] = (await ledger.get('bill-lines', 200, { filter: JSON.stringify({ invoiceId: b }) })).body;
    await off({ billLineId: line.id, amount: 300 });
    await off({ invoiceId: b });
    expect(await figures()).toEqual([0, 0]);
    expect((await off({ accountId: account }, 422)).code).toBe('nothing-open');
    expect((await off({ accountId: account, transactionTypeCode: 'payment' }, 422)).code).toBe(
      'unknown-transaction-type',
    );
    await off({ accountId: account, invoiceId: a }, 400);
  });

  it('is reversed by a transaction that names it, once', async () => {
    await invoice(700, 1);
    const { id } = (await ledger.post('write-offs', { accountId: account })).body;
    const reversal = (await ledger.post(`transactions/${id}/reverse`, { reason: 'mistake' })).body;
    expect(reversal).toMatchObject({ kind: 'reversal', reversesId: id, amount: 700, reason: 'mistake' });
    expect(await figures()).toEqual([700, 0]);
    expect((await ledger.post(`transactions/${id}/reverse`, { reason: 'again' }, 409)).body.code).toBe(
      'already-reversed',
    );
    expect((await ledger.get(`transactions/${id}`)).body.reversedById).toBe(reversal.id);
  });
});

describe('many at once', () => {
  it('sixteen clients on one account lose nothing', async () => {
    await invoice(100_000, 1);
    const requests = Array.from({ length: 48 }, (_, n) =>
      n % 3 === 0 ? ledger.post('write-offs', { accountId: account, amount: 100 }) : pay(100 * (n % 3)),
    );
    for (let start = 0; start < requests.length; start += 16) await Promise.all(requests.slice(start, start + 16));
    expect(await figures()).toEqual([100_000 - 16 * 100 - 16 * 100 - 16 * 200, 0]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('and no event or audit line holds what people wrote of a payment, a return, a reversal or a dispute', async () => {
    const words = 'Paid by neighbour Joan';
    const id = await invoice(1_000, 1);
    const paid = await pay(600, { reference: words });
    await ledger.post(`payments/${paid.id}/return`, { effectiveDate: on(-1), reason: words });
    const off = (await ledger.post('write-offs', { invoiceId: id })).body;
    const reversal = (await ledger.post(`transactions/${off.id}/reverse`, { reason: words })).body;
    const dispute = (await ledger.post('disputes', { invoiceId: id, reason: words })).body;
    await ledger.put(`disputes/${dispute.id}`, { ...dispute, settledOn: on(0) });
    expect([paid.reference, reversal.reason, dispute.reason]).toEqual([words, words, words]);
    expect(JSON.stringify(await outboxOf(ledger.db()))).not.toContain('neighbour Joan');
    const lines = await rows(
      ledger.db(),
      sql`SELECT id FROM audit WHERE concat(before, after) LIKE '%neighbour Joan%'`,
    );
    expect(lines).toEqual([]);
  });

  it('and every event is one that the catalog accepts', async () => {
    const found = await outboxOf(ledger.db());
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(new Set(found.map(({ type }) => type)).size).toBeGreaterThanOrEqual(9);
  });
});
