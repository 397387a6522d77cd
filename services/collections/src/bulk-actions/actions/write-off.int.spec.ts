import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { messageType, toHeaders, type ItemOutcome, type MessageData } from '@recoup/contracts';
import { consumeBatch, rows, sql, type Db, type RawMessage, type RunHandler } from '@recoup/service-kit';
import { BulkActionsBus } from '../bulk-actions.bus.js';
import { brokenInvariants, requireInvariants } from '../../testing/broken-invariants.js';
import { BulkActionCalls } from '../../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../../testing/collections-under-test.js';
import { accountId, countRows, seedBooks } from '../../testing/seed-books.js';

type Command = MessageData<'recoup.ledger.write-off-accounts.v1'>;
type Reversal = MessageData<'recoup.ledger.reverse-transactions.v1'>;

let service: CollectionsUnderTest;
let calls: BulkActionCalls;
let db: Db;
let offset = 0;

beforeAll(async () => {
  service = await collectionsUnderTest();
  calls = await BulkActionCalls.as(service, { role: 'supervisor', user: 'sue' });
  db = service.orm.em.fork();
  await seedBooks(db, 1200);
}, 120_000);
afterAll(() => service.stop());
afterEach(() => requireInvariants(db));

/** Commands written for an action, in order of chunk, once each has come. */
async function commands<T>(id: string, count: number): Promise<{ data: T; key: string; type: string }[]> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const found = await rows<{ data: T; key: string; type: string }>(
      db,
      sql`SELECT data, key, type FROM outbox WHERE topic = 'recoup.ledger.commands' AND key LIKE ${`${id}:%`} ORDER BY id`,
    );
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('The commands were not written');
}

/** Hands an answer to the handler as the broker would deliver it. */
async function answer(actionId: string, chunk: number, items: ItemOutcome[]): Promise<void> {
  const type = 'recoup.ledger.chunk-executed.v1';
  const message: RawMessage = {
    topic: 'recoup.ledger.results',
    partition: 0,
    offset: offset++,
    key: `${actionId}:${chunk}`,
    headers: toHeaders({
      specversion: '1.0',
      id: `ledger-${offset}`,
      source: '/recoup/ledger',
      type,
      subject: `${actionId}:${chunk}`,
      time: '2026-11-22T12:00:00Z',
    }),
    value: Buffer.from(JSON.stringify({ actionId, chunk, items })),
  };
  const bus = service.app.get(BulkActionsBus);
  const handler = ((run) => bus.chunkExecuted(run as Parameters<typeof bus.chunkExecuted>[0])) satisfies RunHandler;
  await consumeBatch(db, [message], (each) => (each === type ? handler : undefined));
}

function done(id: string, amount: number, currentAmount = amount): ItemOutcome {
  return {
    accountId: id,
    status: 'done',
    reason: null,
    amount,
    currentAmount,
    transactionId: id.replace('-8000-', '-c000-'),
  };
}

describe('Write off', () => {
  it('sends each chunk as a command, takes the answers once, retries what failed and reverses what was booked', async () => {
    const action = await calls.preview(
      'write-off',
      {},
      { asOf: calls.asOf, accountIds: Array.from({ length: 1100 }, (_, n) => accountId(n + 1)) },
    );
    expect(action).toMatchObject({
      parameters: { transactionTypeCode: 'coupon' },
      counts: { selected: 1100, eligible: 1100 },
    });
    expect(action.totals).toEqual([
      { currency: 'USD', accounts: 1100, asOfBalance: 605_550_000, currentBalance: 605_550_000, amount: 605_550_000 },
    ]);
    await calls.confirm(action);
    const [first, second] = await commands<Command>(action.id, 2);
    expect(first).toMatchObject({ key: `${action.id}:0`, type: 'recoup.ledger.write-off-accounts.v1' });
    expect(() => messageType(first?.type ?? '')?.schema.parse(first?.data)).not.toThrow();
    expect(first?.data).toMatchObject({
      chunk: 0,
      actor: 'sue',
      approver: 'sue',
      offices: ['*'],
      transactionTypeCode: 'coupon',
    });
    expect(first?.data.items).toHaveLength(1000);
    expect(first?.data.items[0]).toEqual({ accountId: accountId(1), previewedAmount: 1000 });
    expect(second?.data.items).toHaveLength(100);

    const outcomes = (second?.data.items ?? []).map(({ accountId: id, previewedAmount }) => done(id, previewedAmount));
    outcomes[0] = { ...done(accountId(1001), 500), currentAmount: 500, reason: 'changed-since' };
    outcomes[1] = {
      accountId: accountId(1002),
      status: 'skipped',
      reason: 'nothing-open',
      amount: 0,
      currentAmount: 0,
      transactionId: null,
    };
    outcomes[2] = {
      accountId: accountId(1003),
      status: 'failed',
      reason: 'unknown-transaction-type',
      amount: 0,
      currentAmount: null,
      transactionId: null,
    };
    await answer(action.id, 1, outcomes);
    await answer(action.id, 1, outcomes);
    await answer(
      action.id,
      0,
      (first?.data.items ?? []).map(({ accountId: id, previewedAmount }) => done(id, previewedAmount)),
    );
    expect(await calls.ended(action.id)).toMatchObject({
      status: 'completed-with-failures',
      counts: { done: 1098, skipped: 1, failed: 1 },
    });
    expect(
      (await calls.items(action.id, { accountId: [1001, 1002, 1003].map(accountId) })).map((item) => [
        item.previewedAmount,
        item.currentAmount,
        item.amount,
        item.status,
        item.reason,
      ]),
    ).toEqual([
      [1_001_000, 500, 500, 'done', 'changed-since'],
      [1_002_000, 0, 0, 'skipped', 'nothing-open'],
      [1_003_000, 1_003_000, 0, 'failed', 'unknown-transaction-type'],
    ]);
    expect(await brokenInvariants(db)).toEqual([]);

    await calls.post(`${action.id}/retry`).expect(200);
    const third = (await commands<Command>(action.id, 3))[2];
    expect(third?.data).toMatchObject({
      chunk: 2,
      items: [{ accountId: accountId(1003), previewedAmount: 1_003_000 }],
    });
    await answer(action.id, 2, [done(accountId(1003), 1_003_000)]);
    expect(await calls.ended(action.id, 'completed')).toMatchObject({
      status: 'completed',
      counts: { done: 1099, skipped: 1, failed: 0 },
    });

    const undo = await calls.previewUndo(action.id);
    expect(undo).toMatchObject({ counts: { selected: 1099, eligible: 1099 } });
    await calls.confirm(undo);
    const reversals = await commands<Reversal>(undo.id, 2);
    expect(reversals[0]?.type).toBe('recoup.ledger.reverse-transactions.v1');
    expect(reversals[0]?.data.items[0]).toEqual({
      accountId: accountId(1),
      transactionId: accountId(1).replace('-8000-', '-c000-'),
    });
    for (const { data } of reversals)
      await answer(
        undo.id,
        data.chunk,
        data.items.map((item) => done(item.accountId, 1000)),
      );
    expect(await calls.ended(undo.id)).toMatchObject({ status: 'completed', counts: { done: 1099 } });
    expect(await calls.previewUndo(action.id)).toMatchObject({
      counts: { selected: 1099, eligible: 0, skipped: 1099 },
      totals: [],
      reasons: { 'already-reversed': 1099 },
    });
  }, 60_000);

  it('is refused at preview with a type that is unknown, not a write-off or no longer in use', async () => {
    const selection = { asOf: calls.asOf, accountIds: [accountId(20)] };
    for (const code of ['nonesuch', 'payment', 'rounding']) {
      const asked = { type: 'write-off', selection, parameters: { transactionTypeCode: code } };
      expect((await calls.post('', asked).expect(422)).body).toMatchObject({
        code: 'unknown-transaction-type',
        detail: `${code} is not an active write-off type.`,
        errors: [{ field: 'parameters.transactionTypeCode', expected: 'coupon' }],
      });
    }
    expect(
      await countRows(db, sql`SELECT 1 FROM bulk_actions WHERE parameters ->> 'transactionTypeCode' <> 'coupon'`),
    ).toBe(0);
  });

  it('skips at preview what has nothing open, and parks an answer that names other accounts', async () => {
    await rows(db, sql`UPDATE accounts SET balance = 0 WHERE id = ${accountId(7)} RETURNING id`);
    const action = await calls.preview('write-off', {}, { asOf: calls.asOf, accountIds: [accountId(8), accountId(9)] });
    await calls.confirm(action);
    await commands<Command>(action.id, 1);
    await answer(action.id, 0, [done(accountId(8), 8000), done(accountId(10), 10_000)]);
    const [parked] = await rows<{ reason: string; detail: string }>(
      db,
      sql`SELECT reason, detail FROM parked_messages`,
    );
    expect(parked).toMatchObject({ reason: 'handler-failed', detail: expect.stringMatching(/other accounts/) });
    expect(await calls.read(action.id)).toMatchObject({ status: 'running', counts: { done: 0 } });
    await rows(db, sql`DELETE FROM parked_messages RETURNING id`);
    await calls.post(`${action.id}/cancel`).expect(200);
    await answer(action.id, 0, [done(accountId(8), 8000), done(accountId(9), 9000)]);
    expect(await calls.read(action.id)).toMatchObject({ status: 'cancelled', counts: { done: 2 } });
  }, 60_000);
});
