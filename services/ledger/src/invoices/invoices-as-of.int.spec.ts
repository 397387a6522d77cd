import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '@recoup/service-kit';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';

let ledger: LedgerOverHttp;
const on = (offset: number): string => day(ledger.service, offset);

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  await admin.post('offices', { code: 'UTC', name: 'Office', currency: 'USD', timeZone: 'UTC' });
  const accountId = (await ledger.post('accounts', { officeCode: 'UTC', number: 'A', name: 'Ann' })).body.id;
  for (const [number, amount] of Object.entries({ small: 1000, large: 5000 })) {
    const lines = [{ serviceTypeCode: 'service', dateOfService: on(-60), amount }];
    const invoice = { accountId, number, invoiceDate: on(-60), dueDate: on(-30), lines };
    const { id } = (await ledger.post('invoices', invoice)).body;
    if (number === 'large') {
      const dispute = { invoiceId: id, reason: 'quality', amount: 100, openedOn: on(-50) };
      const opened = (await ledger.post('disputes', dispute)).body;
      await ledger.put(`disputes/${opened.id}`, { ...opened, settledOn: on(-10) });
      const allocations = [{ invoiceId: id, amount: 5000 }];
      await ledger.post('payments', { accountId, amount: 5000, currency: 'USD', effectiveDate: on(-5), allocations });
    }
  }
});
afterAll(() => ledger.stop());

async function listed(filter: object): Promise<[string, number, boolean][]> {
  const query = { filter: JSON.stringify(filter), sort: '["openAmount","DESC"]' };
  const { body } = await ledger.get('invoices', 200, query);
  return body.map((each: { number: string; openAmount: number; disputed: boolean }) => [
    each.number,
    each.openAmount,
    each.disputed,
  ]);
}

describe('the list of invoices', () => {
  it('is of today without a date', async () => {
    expect(await listed({})).toEqual([
      ['small', 1000, false],
      ['large', 0, false],
    ]);
    expect(await listed({ open: true })).toEqual([['small', 1000, false]]);
  });

  it('as of a date filters, sorts and tells disputes as they stood at the end of that day', async () => {
    expect(await listed({ asOf: on(-20), open: true })).toEqual([
      ['large', 5000, true],
      ['small', 1000, false],
    ]);
    expect(await listed({ asOf: on(-7), open: true })).toEqual([
      ['large', 5000, false],
      ['small', 1000, false],
    ]);
    expect(await listed({ asOf: on(-7), open: false })).toEqual([]);
    expect(await listed({ asOf: on(-61) })).toEqual([]);
  });

  it('is of the day of the offices that it is narrowed to: another, where it is still the day before, counts no more', async () => {
    const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
    const zones = { EAST: 'Pacific/Kiritimati', WEST: 'Etc/GMT+12' };
    const ids: Record<string, string> = {};
    for (const [code, timeZone] of Object.entries(zones)) {
      await admin.post('offices', { code, name: code, currency: 'USD', timeZone });
      ids[code] = (await ledger.post('accounts', { officeCode: code, number: code, name: code })).body.id;
    }
    const asOf = ledger.service.app.get<Clock>(Clock, { strict: false }).today(zones.EAST);
    const answer = async (filter: object, status: number): Promise<unknown> =>
      (await ledger.get('invoices', status, { filter: JSON.stringify({ asOf, ...filter }) })).body;
    for (const filter of [
      { accountId: ids['EAST'] },
      { officeCode: 'EAST' },
      { officeCode: ['EAST'], accountId: [ids['EAST']] },
    ])
      expect(await answer(filter, 200)).toEqual([]);
    for (const filter of [{}, { accountId: Object.values(ids) }, { officeCode: ['EAST', 'WEST'] }])
      expect(await answer(filter, 422)).toMatchObject({ code: 'future-date', errors: [{ field: 'filter.asOf' }] });
  });

  it('of a day to come is refused', async () => {
    const { body } = await ledger.get('invoices', 422, { filter: JSON.stringify({ asOf: on(2) }) });
    expect(body).toMatchObject({ code: 'future-date', errors: [{ field: 'filter.asOf' }] });
  });
});
