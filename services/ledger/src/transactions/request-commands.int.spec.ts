import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asCommand, commandOfRequest, FixedClock, rows, sql, sqlState, transaction } from '@recoup/service-kit';
import { recordPayment } from '../payments/record-payment.js';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { supervisor } from '../testing/test-ledger.js';

const uniqueViolation = '23505';
const ofRequest = /^request:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let ledger: AgencyLedger;
beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

const booked = async (accountId: string): Promise<{ kind: string; commandId: string }[]> => {
  const query = { filter: JSON.stringify({ accountId }), range: '[0,99]' };
  return (await ledger.get('transactions', 200, query)).body;
};

describe('what a request books (LED-2)', () => {
  it('carries the request’s id, all of it, in the answers and in the events', async () => {
    const account = await ledger.account();
    const invoice = await ledger.invoice(account, 3_000);
    const key = { 'Idempotency-Key': randomUUID() };
    const target = { invoiceId: invoice, payerCode: 'AGENCY', transactionTypeCode: 'custom-write-off-1' };
    await ledger.post('agency-referrals', target, 201, key);
    await ledger.post('agency-referrals', target, 201, key);
    const [first, ...referred] = (await booked(account)).toSorted(
      (a, b) => Number(b.kind === 'invoice') - Number(a.kind === 'invoice'),
    );
    expect(referred.map(({ kind }) => kind).toSorted()).toEqual(['payment', 'referral', 'write-off']);
    const [commandId, ...others] = new Set(referred.map((each) => each.commandId));
    expect([first?.kind, others, commandId === first?.commandId]).toEqual(['invoice', [], false]);
    expect([commandId, first?.commandId]).toEqual([expect.stringMatching(ofRequest), expect.stringMatching(ofRequest)]);
    const query = { filter: JSON.stringify({ commandId }) };
    expect((await ledger.get('transactions', 200, query)).body).toHaveLength(3);
    const told = await rows(
      ledger.db(),
      sql`SELECT data ->> 'commandId' AS id FROM outbox WHERE key = ${account} AND type = 'recoup.ledger.written-off.v1'`,
    );
    expect(told).toEqual([{ id: commandId }]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('is another command by another person, whatever the key, and without one', async () => {
    const account = await ledger.account();
    const other = ledger.as(await ledger.service.bearer({ role: 'supervisor', user: 'sue' }));
    const payment = { accountId: account, amount: 100, currency: 'USD', effectiveDate: ledger.on(0) };
    const key = { 'Idempotency-Key': randomUUID() };
    for (const [by, headers] of [
      [ledger, key],
      [ledger, key],
      [other, key],
      [other, {}],
      [other, {}],
    ] as const)
      await by.post('payments', payment, 201, headers);
    const ids = (await booked(account)).map(({ commandId }) => commandId);
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
  });

  it('is booked once by the database, also where nobody remembers that it was', async () => {
    const payment = { accountId: await ledger.account(), amount: 100, currency: 'USD', effectiveDate: ledger.on(0) };
    const pay = () =>
      asCommand(commandOfRequest({ actor: supervisor.user, key: 'forgotten' }), () =>
        transaction(ledger.db(), (tx) =>
          recordPayment(tx, new FixedClock(new Date().toISOString()), supervisor, payment),
        ),
      );
    await pay();
    expect(await pay().then(() => undefined, sqlState)).toBe(uniqueViolation);
    expect(await booked(payment.accountId)).toHaveLength(1);
  });
});
