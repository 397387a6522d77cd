import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

let ledger: AgencyLedger;
let accountId: string;
let invoiceId: string;
let referral: { id: string; paymentId: string; writeOffId: string };
let payment: string;

beforeAll(async () => {
  ledger = await agencyLedger();
  accountId = await ledger.account();
  invoiceId = await ledger.invoice(accountId, 1_000, 500);
  const [, larger] = await ledger.lines(invoiceId);
  referral = await ledger.refer({ billLineId: larger.id });
  payment = (await ledger.pay(accountId, 300, { payerCode: 'AGENCY' })).id;
  await ledger.pay(accountId, 100);
  await ledger.refer({ invoiceId: await ledger.invoice(await ledger.account(), 70) }, { payerCode: 'OTHER' });
});
afterAll(() => ledger.stop());

const listed = async (resource: string, filter: object): Promise<{ id: string }[]> =>
  (await ledger.get(resource, 200, { filter: JSON.stringify(filter), range: '[0,99]' })).body;
const kinds = async (filter: object): Promise<string[]> =>
  (await listed('transactions', filter)).map((each) => ('kind' in each ? String(each.kind) : '')).toSorted();

describe('the list of transactions', () => {
  it('finds by payer who paid and to whom was referred, one or several', async () => {
    expect(await kinds({ payerCode: 'AGENCY' })).toEqual(['payment', 'referral']);
    expect(await kinds({ payerCode: ['AGENCY', 'OTHER'] })).toEqual(['payment', 'referral', 'referral']);
    expect(await kinds({ payerCode: 'INSURER' })).toEqual([]);
    expect((await listed('payments', { payerCode: 'AGENCY' })).map(({ id }) => id)).toEqual([payment]);
  });

  it('finds by payment what was booked in its window', async () => {
    const found = await listed('transactions', { paymentId: referral.paymentId });
    expect(found.map(({ id }) => id).toSorted()).toEqual([referral.writeOffId, referral.id].toSorted());
    expect(await kinds({ paymentId: [referral.paymentId], payerCode: 'AGENCY' })).toEqual(['referral']);
    const { body } = await ledger.get('transactions', 400, { filter: '{"paymentId":"1"}' });
    expect(body.errors).toMatchObject([{ field: 'filter.paymentId', expected: 'a UUID' }]);
  });

  it('finds by invoice what was posted to it, whoever’s line it was', async () => {
    expect(await kinds({ invoiceId })).toEqual(['invoice', 'payment', 'payment', 'referral', 'write-off']);
    expect(await kinds({ invoiceId, kind: 'payment', payerCode: 'AGENCY' })).toEqual(['payment']);
  });

  it('tells how each changed what the account owes, and its credit; a reversal the other way', async () => {
    const own = await ledger.account();
    await ledger.invoice(own, 500);
    const { body: writtenOff } = await ledger.post('write-offs', { accountId: own, amount: 80 });
    await ledger.post(`transactions/${writtenOff.id}/reverse`, { reason: 'a test' });
    await ledger.post(`payments/${(await ledger.pay(own, 600)).id}/return`, { effectiveDate: ledger.on(0) });
    const { body } = await ledger.get('transactions', 200, { filter: JSON.stringify({ accountId: own }) });
    const changes = body.map(({ kind, amount, balanceChange, creditChange }: Record<string, unknown>) => [
      `${kind} of ${amount}`,
      [balanceChange, creditChange],
    ]);
    expect(Object.fromEntries(changes)).toEqual({
      'invoice of 500': [500, 0],
      'write-off of 80': [-80, 0],
      'reversal of 80': [80, 0],
      'payment of 600': [-500, 100],
      'returned-payment of 600': [500, -100],
    });
    const { body: read } = await ledger.get(`transactions/${writtenOff.id}`);
    expect(writtenOff).toEqual({ ...read, reversedById: null });
  });

  it('says in the description of the API what it filters by', async () => {
    const { parameters } = (await ledger.get('openapi.json')).body.paths['/api/ledger/transactions'].get;
    const [filter] = parameters.filter(({ name }: { name: string }) => name === 'filter');
    expect(filter.description).toMatch(/payerCode, paymentId/);
  });
});

const counted = async (resource: string, filter: object): Promise<number> => (await listed(resource, filter)).length;

describe('the lists of lines', () => {
  it.each([
    [{ payerCode: 'SELF' }, 2],
    [{ payerCode: 'AGENCY' }, 1],
    [{ payerCode: ['SELF', 'AGENCY'] }, 3],
    [{ payerCode: 'OTHER' }, 0],
    [{ payerType: 'self' }, 2],
    [{ payerType: 'generic' }, 1],
    [{ payerType: ['self', 'generic'] }, 3],
  ])('find bill lines by payer: %j', async (filter, expected) => {
    expect(await counted('bill-lines', { invoiceId, ...filter })).toBe(expected);
  });

  it('find service lines by who owes something of them', async () => {
    const owed = ['SELF', 'AGENCY', 'INSURER'].map((payerCode) => counted('service-lines', { accountId, payerCode }));
    expect(await Promise.all(owed)).toEqual([1, 1, 0]);
  });
});
