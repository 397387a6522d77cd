import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

const amounts = [300, 20_000, 70];
const currencies = ['EUR', 'USD'];
let ledger: AgencyLedger;

beforeAll(async () => {
  ledger = await agencyLedger();
  for (const [officeCode, currency] of [
    ['UTC', 'USD'],
    ['EU', 'EUR'],
  ] as const)
    for (const amount of amounts) {
      const accountId = await ledger.account(officeCode);
      const invoiceId = await ledger.invoice(accountId, amount);
      await ledger.post('disputes', { invoiceId, reason: 'wrong', amount, openedOn: ledger.on(-10) });
      await ledger.refer({ invoiceId });
      await ledger.invoice(accountId, amount * 2);
      await ledger.pay(await ledger.account(officeCode), amount, { currency });
    }
});
afterAll(() => ledger.stop());

describe('a list sorted by an amount', () => {
  it.each([
    ['transactions', 'amount'],
    ['payments', 'amount'],
    ['invoices', 'total'],
    ['invoices', 'openAmount'],
    ['accounts', 'balance'],
    ['accounts', 'credit'],
    ['payer-invoices', 'total'],
    ['bill-lines', 'amount'],
    ['bill-lines', 'openAmount'],
    ['service-lines', 'amount'],
    ['disputes', 'amount'],
  ])('%s by %s stands by currency first, and compares within it only', async (resource, field) => {
    for (const direction of ['ASC', 'DESC']) {
      const query = { sort: JSON.stringify([field, direction]), range: '[0,99]' };
      const { body } = await ledger.get(resource, 200, query);
      const shown: [string, number][] = body.map((each: Record<string, unknown>) => [each['currency'], each[field]]);
      const inOrder = currencies.flatMap((currency) => {
        const own = shown.filter(([each]) => each === currency);
        return own.toSorted(([, a], [, b]) => (direction === 'ASC' ? a - b : b - a));
      });
      expect(new Set(shown.map(([currency]) => currency))).toEqual(new Set(currencies));
      expect(shown).toEqual(inOrder);
    }
  });
});
