import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { refusedEvents } from '../testing/test-ledger.js';

let ledger: AgencyLedger;
let accountId: string;
let bearer: string;

beforeAll(async () => {
  ledger = await agencyLedger();
  bearer = await ledger.service.bearer({ role: 'supervisor', user: 'sam' });
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  accountId = await ledger.account();
});

const reverse = async (id: string, status = 201) =>
  (await ledger.post(`transactions/${id}/reverse`, { reason: 'mistake' }, status)).body;
/** Every transaction of a kind on the account, oldest first. */
const booked = async (kind: string): Promise<{ id: string; amount: number }[]> => {
  const filter = JSON.stringify({ accountId, kind });
  return (await ledger.get('transactions', 200, { filter, sort: '["recordedAt","ASC"]' })).body;
};
const first = async (kind: string): Promise<string> => (await booked(kind))[0]?.id ?? '';
const last = async (kind: string): Promise<string> => (await booked(kind)).at(-1)?.id ?? '';
/** What is open of the invoice's lines by payer, in the order in which they were opened. */
const open = async (invoiceId: string): Promise<[string, number][]> =>
  (await ledger.lines(invoiceId)).map(({ payerCode, openAmount }: { payerCode: string; openAmount: number }) => [
    payerCode,
    openAmount,
  ]);

const charge = async (invoiceId: string): Promise<string> => {
  const filter = JSON.stringify({ invoiceId, kind: 'invoice' });
  return (await ledger.get('transactions', 200, { filter })).body[0].id;
};
const lastReversal = async (): Promise<string> =>
  (await ledger.get('transactions', 200, { filter: '{"kind":"reversal"}' })).body[0].id;

describe('the reversal of an adjustment', () => {
  it('opens what it closed, once', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    const { id } = (await ledger.post('adjustments', { invoiceId, amount: 400 })).body;
    expect(await reverse(id)).toMatchObject({ kind: 'reversal', reversesId: id, amount: 400 });
    expect(await open(invoiceId)).toEqual([['SELF', 1_000]]);
    expect((await reverse(id, 409)).code).toBe('already-reversed');
  });
});

describe('the reversal of a queueing', () => {
  it('moves back what it moved, and keeps its payer', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.assign(accountId, 'INSURER', { groupNumber: '7', policyId: 'P1' });
    const [line] = await ledger.lines(invoiceId);
    await ledger.queue(line.id, 'INSURER');
    expect(await open(invoiceId)).toEqual([
      ['SELF', 0],
      ['INSURER', 1_000],
    ]);
    expect(await reverse(await first('queueing'))).toMatchObject({ payerCode: 'INSURER', amount: 1_000 });
    expect(await open(invoiceId)).toEqual([
      ['SELF', 1_000],
      ['INSURER', 0],
    ]);
  });

  it('is refused once the payer paid or it was queued on, naming the line', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.assign(accountId, 'INSURER', { groupNumber: '7', policyId: 'P1' });
    const [line] = await ledger.lines(invoiceId);
    await ledger.queue(line.id, 'INSURER');
    const [, insured] = await ledger.lines(invoiceId);
    const paid = await ledger.pay(accountId, 300, { payerCode: 'INSURER' });
    expect(await reverse(await first('queueing'), 409)).toMatchObject({
      code: 'no-longer-open',
      billLineId: insured.id,
      openAmount: 700,
      change: -1_000,
    });
    expect(await reverse(paid.id)).toMatchObject({ payerCode: 'INSURER' });
    await ledger.queue(insured.id, 'SELF');
    expect((await reverse(await first('queueing'), 409)).code).toBe('no-longer-open');
    await reverse(await last('queueing'));
    await reverse(await first('queueing'));
    expect(await open(invoiceId)).toEqual([
      ['SELF', 1_000],
      ['INSURER', 0],
    ]);
  });
});

describe('the reversal of a referral', () => {
  it('is refused of its write-off while the agency’s debt stands on it, and goes in the other order', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.refer({ accountId });
    expect(await reverse(await first('write-off'), 409)).toMatchObject({ code: 'referred', referred: 1_000 });
    await reverse(await first('referral'));
    expect(await open(invoiceId)).toEqual([
      ['SELF', 0],
      ['AGENCY', 0],
    ]);
    await reverse(await first('write-off'));
    expect([await open(invoiceId), await ledger.outstanding('AGENCY')]).toEqual([
      [
        ['SELF', 1_000],
        ['AGENCY', 0],
      ],
      0,
    ]);
  });

  it('leaves a write-off of the same type that was not referred alone', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    const more = { transactionTypeCode: 'custom-write-off-1' };
    await ledger.refer({ invoiceId });
    const [line] = await ledger.lines(invoiceId);
    await ledger.recall({ invoiceId });
    const again = (await ledger.post('write-offs', { billLineId: line.id, amount: 400, ...more })).body;
    await reverse(again.id);
    expect((await open(invoiceId))[0]).toEqual(['SELF', 1_000]);
    expect((await reverse(await first('write-off'), 409)).code).toBe('recalled');
  });

  it('is refused once the agency paid of it', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.refer({ accountId });
    const paid = await ledger.pay(accountId, 300, { payerCode: 'AGENCY' });
    expect((await reverse(await first('referral'), 409)).code).toBe('no-longer-open');
    await reverse(paid.id);
    await reverse(await first('referral'));
    expect((await open(invoiceId))[1]).toEqual(['AGENCY', 0]);
  });
});

describe('the reversal of a recall', () => {
  it('gives the debt back to the agency, once it is still owed', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.refer({ accountId });
    await ledger.recall({ accountId });
    expect((await reverse(await first('write-off'), 409)).code).toBe('recalled');
    const paid = await ledger.pay(accountId, 200);
    expect((await reverse(await first('recall'), 409)).code).toBe('no-longer-open');
    await reverse(paid.id);
    expect(await reverse(await first('recall'))).toMatchObject({ payerCode: 'AGENCY', amount: 1_000 });
    expect(await open(invoiceId)).toEqual([
      ['SELF', 0],
      ['AGENCY', 1_000],
    ]);
    expect((await reverse(await first('write-off'), 409)).code).toBe('referred');
  });

  it('and a payment of the agency that was returned after it open what the agency owes', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.refer({ accountId });
    const paid = await ledger.pay(accountId, 300, { payerCode: 'AGENCY' });
    await ledger.recall({ accountId });
    const fee = { effectiveDate: ledger.on(0), nsfFee: { amount: 100 } };
    expect((await ledger.post(`payments/${paid.id}/return`, fee, 422)).body.code).toBe('not-own-payment');
    const returned = (await ledger.post(`payments/${paid.id}/return`, { effectiveDate: ledger.on(0) })).body;
    expect(returned).toMatchObject({ payerCode: 'AGENCY', nsfFee: null });
    expect(await open(invoiceId)).toEqual([
      ['SELF', 700],
      ['AGENCY', 300],
    ]);
  });
});

describe('the reversal of an invoice', () => {
  it('takes back what it charged; credit that it took goes back and does not count as paid', async () => {
    await ledger.pay(accountId, 300);
    const invoiceId = await ledger.invoice(accountId, 1_000, 500);
    expect(await ledger.figures(accountId)).toEqual([1_200, 0]);
    const id = await charge(invoiceId);
    expect(await reverse(id)).toMatchObject({ amount: 1_500, reversesId: id });
    expect([await ledger.figures(accountId), await open(invoiceId)]).toEqual([
      [0, 300],
      [
        ['SELF', 0],
        ['SELF', 0],
      ],
    ]);
    expect((await reverse(await first('credit-application'), 409)).code).toBe('already-reversed');
    await reverse(await first('payment'));
    expect(await ledger.figures(accountId)).toEqual([0, 0]);
  });

  it.each([
    ['paid', async () => (await ledger.pay(accountId, 1)).id],
    ['written off', async () => (await ledger.post('write-offs', { accountId, amount: 1 })).body.id],
    ['adjusted', async () => (await ledger.post('adjustments', { accountId, amount: 1 })).body.id],
  ])('is refused while a part of it is %s', async (_, close) => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    const id = await close();
    expect(await reverse(await charge(invoiceId), 409)).toMatchObject({ code: 'paid', closed: 1 });
    await reverse(id);
    await reverse(await charge(invoiceId));
    expect(await ledger.figures(accountId)).toEqual([0, 0]);
  });

  it('is refused while it is queued to a payer', async () => {
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.assign(accountId, 'INSURER', { groupNumber: '7', policyId: 'P1' });
    const [line] = await ledger.lines(invoiceId);
    await ledger.queue(line.id, 'INSURER');
    expect((await reverse(await charge(invoiceId), 409)).code).toBe('paid');
    await reverse(await first('queueing'));
    await reverse(await charge(invoiceId));
    expect(await ledger.figures(accountId)).toEqual([0, 0]);
  });
});

describe('many at once', () => {
  it('sixteen clients who return, reverse and write off on one account lose nothing and take nothing back twice', async () => {
    const invoiceId = await ledger.invoice(accountId, 100_000);
    const paid: string[] = [];
    for (let n = 0; n < 8; n += 1) paid.push((await ledger.pay(accountId, 1_000)).id);
    const attempt = (path: string, body: object): Promise<number> =>
      request(ledger.server)
        .post(`/api/ledger/${path}`)
        .set('Authorization', bearer)
        .send(body)
        .then(({ status }) => status);
    const asked = paid.flatMap((id) => [
      attempt(`payments/${id}/return`, { effectiveDate: ledger.on(0) }),
      attempt(`transactions/${id}/reverse`, { reason: 'twice' }),
      attempt('write-offs', { accountId, amount: 10 }),
      attempt('payments', { accountId, amount: 100, currency: 'USD', effectiveDate: ledger.on(0) }),
    ]);
    const statuses = await Promise.all(asked);
    expect(statuses.filter((status) => status === 201)).toHaveLength(24);
    expect(statuses.filter((status) => status === 409)).toHaveLength(8);
    expect([await ledger.figures(accountId), await open(invoiceId)]).toEqual([[99_120, 0], [['SELF', 99_120]]]);
    expect(await ledger.violations()).toEqual([]);
  });
});

describe('all of it', () => {
  it('leaves the books right, and every event is one that the catalog accepts', async () => {
    expect((await reverse(await lastReversal(), 422)).code).toBe('not-reversible');
    const elsewhere = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'sue', offices: ['MAD'] }));
    await elsewhere.post(`transactions/${await lastReversal()}/reverse`, { reason: 'x' }, 404);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });
});
