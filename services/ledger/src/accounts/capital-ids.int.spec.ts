import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';

let ledger: AgencyLedger;
let accountId: string;
let count = 0;

beforeAll(async () => {
  ledger = await agencyLedger();
});
afterAll(() => ledger.stop());

async function opened(): Promise<string> {
  count += 1;
  const body = { officeCode: 'UTC', number: `CAP-${count}`, name: 'Ann', email: `ann${count}@example.test` };
  accountId = (await ledger.post('accounts', body)).body.id;
  return accountId.toUpperCase();
}

/** What was told of the account and of nobody else, by topic, with its numbers. */
async function told(): Promise<{ topic: string; key: string; sequence: number }[]> {
  return rows(
    ledger.db(),
    sql`SELECT topic, key, sequence FROM outbox WHERE lower(key) = ${accountId} ORDER BY topic, id`,
  );
}

describe('an id written in capital letters', () => {
  it('names the same account: its events go on under its own id and numbers', async () => {
    const id = await opened();
    await ledger.post(`accounts/${id}/status`, { status: 'closed' }, 200);
    await ledger.post(`accounts/${id}/status`, { status: 'active' }, 200);
    await ledger.post('freezes', { accountId: id, cancellationReasonCode: 'non-payment' });
    await ledger.put(`accounts/${id}`, { name: 'Anna' });
    const events = (await told()).filter(({ topic }) => topic === 'recoup.ledger.events');
    expect(events).toEqual(
      [1, 2, 3, 4].map((sequence) => ({ topic: 'recoup.ledger.events', key: accountId, sequence })),
    );
    expect((await told()).map(({ key }) => key)).toEqual((await told()).map(() => accountId));
  });

  it('erases whatever is personal of the account', async () => {
    const id = await opened();
    await ledger.put(`accounts/${accountId}`, { name: 'Anna' }, 200, { 'Idempotency-Key': `cap-${count}` });
    await ledger.admin.post('erasures', { accountId: id, reason: 'asked-for' });
    const left = await rows(
      ledger.db(),
      sql`SELECT 'outbox' AS place FROM outbox WHERE topic = 'recoup.ledger.contacts' AND key = ${accountId} AND data IS NOT NULL
          UNION ALL SELECT 'answers' FROM idempotency_keys WHERE response->>'accountId' = ${accountId} AND response ? 'ciphertext'`,
    );
    expect(left).toEqual([]);
  });

  it('pays the invoice and queues the line that it names', async () => {
    const id = await opened();
    const invoiceId = await ledger.invoice(accountId, 1_000);
    await ledger.pay(id, 400, { allocations: [{ invoiceId: invoiceId.toUpperCase(), amount: 400 }] });
    expect(await ledger.figures(accountId)).toEqual([600, 0]);
    await ledger.assign(id, 'AGENCY');
    const [line] = await ledger.lines(invoiceId);
    await ledger.queue(line.id.toUpperCase(), 'AGENCY');
    expect(await ledger.figures(accountId)).toEqual([0, 0]);
    expect(await ledger.violations()).toEqual([]);
  });
});
