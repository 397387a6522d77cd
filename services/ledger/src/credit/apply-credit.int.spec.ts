import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { refusedEvents } from '../testing/test-ledger.js';

let ledger: LedgerOverHttp;
let account: string;
let count = 0;
const on = (offset: number): string => day(ledger.service, offset);

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'UTC', name: 'Office', currency: 'USD', timeZone: 'UTC' });
});
afterAll(() => ledger.stop());
beforeEach(async () => {
  count += 1;
  account = (await ledger.post('accounts', { officeCode: 'UTC', number: `A${count}`, name: 'Ann Smith' })).body.id;
  await ledger.post('payments', { accountId: account, amount: 300, currency: 'USD', effectiveDate: on(-50) });
});

async function invoice(amount: number, offset: number): Promise<void> {
  count += 1;
  const lines = [{ serviceTypeCode: 'service', dateOfService: on(offset), amount }];
  const days = { invoiceDate: on(offset), dueDate: on(0) };
  await ledger.post('invoices', { accountId: account, number: `I${count}`, ...days, lines });
}
async function reverse(kind: string): Promise<void> {
  const filter = JSON.stringify({ accountId: account, kind });
  const [found] = (await ledger.get('transactions', 200, { filter })).body;
  await ledger.post(`transactions/${found.id}/reverse`, { reason: 'mistake' });
}
/** Balance and credit at the end of a day. */
const asOf = async (offset: number): Promise<[number, number]> => {
  const { balance, credit } = (await ledger.get(`accounts/${account}/balance`, 200, { asOf: on(offset) })).body;
  return [balance, credit];
};

describe('credit that was given back', () => {
  it('by a reversed invoice goes to the one that takes its place from the day of the reversal on', async () => {
    await invoice(1_000, -40);
    await reverse('invoice');
    await invoice(1_200, -40);
    expect([await asOf(-41), await asOf(-40), await asOf(-1), await asOf(0)]).toEqual([
      [0, 300],
      [1_900, 0],
      [1_900, 0],
      [900, 0],
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('by a reversed application goes to a new invoice of a day before from that day on', async () => {
    await invoice(1_000, -40);
    await reverse('credit-application');
    await invoice(100, -39);
    expect([await asOf(-39), await asOf(-1), await asOf(0)]).toEqual([
      [800, 0],
      [800, 0],
      [1_000, 200],
    ]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('in part, with a rest that was never spent, is not on two invoices on any day', async () => {
    await invoice(100, -40);
    await reverse('invoice');
    await invoice(250, -39);
    expect([await asOf(-40), await asOf(-39), await asOf(0)]).toEqual([
      [0, 200],
      [250, 200],
      [0, 50],
    ]);
    expect(await ledger.violations()).toEqual([]);
  });
});
