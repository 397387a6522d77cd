import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql, transaction } from '@recoup/service-kit';
import { outboxOf, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { publishAccountEvents, type AccountEvent } from './account-events.js';

let ledger: TestLedger;
const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\n';

beforeAll(async () => {
  ledger = await testLedger();
  await ledger.importFile(`${header}NYC,A,A1,2026-01-02,2026-02-01,1\nNYC,B,B1,2026-01-02,2026-02-01,2`);
});
afterAll(() => ledger.stop());

function event(accountId: string, amount: number): AccountEvent {
  const data = {
    accountId,
    transactionId: randomUUID(),
    transactionTypeCode: 'coupon',
    amount,
    currency: 'USD',
    effectiveDate: '2026-11-22',
    recordedAt: '2026-11-22T12:00:00.000Z',
    movements: [],
    creditMovements: [],
    commandId: null,
  };
  return { type: 'recoup.ledger.written-off.v1', data };
}

const publish = (events: readonly AccountEvent[]): Promise<void> =>
  transaction(ledger.db(), (tx) => publishAccountEvents(tx, events));
const accounts = (): Promise<{ id: string; sequence: number }[]> =>
  rows(ledger.db(), sql`SELECT id, sequence FROM accounts ORDER BY number`);

describe('events of accounts', () => {
  it('of several accounts at once are told in the order given, each account’s numbered on from its last', async () => {
    const [a, b] = await accounts();
    if (!a || !b) throw new Error('two accounts were imported');
    const before = (await outboxOf(ledger.db())).length;
    await publish([event(b.id, 1), event(a.id, 2), event(b.id, 3), event(b.id, 4)]);
    const told = (await outboxOf(ledger.db())).slice(before);
    expect(told.map(({ subject, sequence, data: { amount } }) => [subject, sequence, amount])).toEqual([
      [b.id, b.sequence + 1, 1],
      [a.id, a.sequence + 1, 2],
      [b.id, b.sequence + 2, 3],
      [b.id, b.sequence + 3, 4],
    ]);
    const moved = await accounts();
    expect(moved.map(({ sequence }) => sequence)).toEqual([a.sequence + 1, b.sequence + 3]);
  });

  it('of an account that is not there are refused, and nothing is told', async () => {
    const [before, sequences] = [await outboxOf(ledger.db()), await accounts()];
    const [a] = sequences;
    await expect(publish([event(a?.id ?? '', 1), event(randomUUID(), 2)])).rejects.toThrow('2 messages');
    expect(await outboxOf(ledger.db())).toEqual(before);
    expect(await accounts()).toEqual(sequences);
  });
});
