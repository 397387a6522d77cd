import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ItemOutcome } from '@recoup/contracts';
import { rows, run, sql } from '@recoup/service-kit';
import { bulkChunks, figures, lastAnswer as answerTo, type BulkChunks } from '../testing/bulk-chunks.js';
import { refusedEvents, testLedger, type TestLedger } from '../testing/test-ledger.js';

let ledger: TestLedger;
let chunks: BulkChunks;
const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  await ledger.importFile(
    `${header}NYC,A1,1,2026-01-01,2026-02-01,100.00,\nNYC,A1,2,2026-01-02,2026-01-15,50.00,\nNYC,A2,3,2026-01-01,2026-02-01,70.00,
MAD,B1,4,2026-01-01,2026-02-01,30.00,\nNYC,A3,5,2026-01-01,2026-02-01,10.00,2026-01-05\nNYC,A4,6,2026-01-01,2026-02-01,20.00,\n`,
  );
});
afterAll(() => ledger.stop());

const idOf = (number: string): Promise<string> => chunks.idOf(number);
const lastAnswer = (key: string): Promise<ItemOutcome[]> => answerTo(ledger, key);
const balances = async (): Promise<Record<string, number>> =>
  Object.fromEntries(Object.entries(await figures(ledger)).map(([number, [balance]]) => [number, balance]));

const writeOff = (
  actionId: string,
  items: { accountId: string; previewedAmount: number }[],
  more: object = {},
): Promise<ItemOutcome[]> =>
  chunks.ask('recoup.ledger.write-off-accounts.v1', { actionId, transactionTypeCode: 'coupon', items, ...more });

const reverse = (actionId: string, items: { accountId: string; transactionId: string }[]): Promise<ItemOutcome[]> =>
  chunks.ask('recoup.ledger.reverse-transactions.v1', { actionId, items });

describe('a chunk of write-offs', () => {
  const action = randomUUID();

  it('books the lesser of previewed and current, oldest due first, and says of each item how it ended', async () => {
    const [a1, a2, a3, b1] = (await Promise.all(['A1', 'A2', 'A3', 'B1'].map(idOf))) as [
      string,
      string,
      string,
      string,
    ];
    await run(ledger.db(), sql`UPDATE accounts SET status = 'closed' WHERE number = 'A4'`);
    const unknown = randomUUID();
    const items = [
      { accountId: a1, previewedAmount: 6000 },
      { accountId: a2, previewedAmount: 9999 },
      { accountId: a3, previewedAmount: 1000 },
      { accountId: b1, previewedAmount: 3000 },
      { accountId: unknown, previewedAmount: 1 },
      { accountId: await idOf('A4'), previewedAmount: 2000 },
      { accountId: a1, previewedAmount: 1 },
    ];
    const outcomes = await writeOff(action, items, { offices: ['NYC'] });
    expect(
      outcomes.map(({ status, reason, amount, currentAmount }) => [status, reason, amount, currentAmount]),
    ).toEqual([
      ['done', null, 6000, 15000],
      ['done', null, 7000, 7000],
      ['skipped', 'nothing-open', 0, 0],
      ['failed', 'unknown-account', 0, null],
      ['failed', 'unknown-account', 0, null],
      ['skipped', 'closed', 0, 2000],
      ['failed', 'repeated-account', 0, 15000],
    ]);
    expect(await balances()).toEqual({ A1: 9000, A2: 0, A3: 0, A4: 2000, B1: 3000 });
    const open = await rows(
      ledger.db(),
      sql`SELECT number, open_amount FROM invoices WHERE number IN ('1', '2') ORDER BY number`,
    );
    expect(open).toEqual([
      { number: '1', open_amount: 9000 },
      { number: '2', open_amount: 0 },
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('asked for again answers the same and books nothing', async () => {
    const before = await balances();
    const [first, again] = [
      await lastAnswer(`${action}:0`),
      await writeOff(action, [{ accountId: await idOf('A1'), previewedAmount: 1 }]),
    ];
    expect(again).toEqual(first);
    expect(await balances()).toEqual(before);
  });

  it('leaves alone an account that the same action has already booked in another chunk', async () => {
    const [outcome] = await writeOff(action, [{ accountId: await idOf('A1'), previewedAmount: 9000 }], { chunk: 1 });
    expect(outcome).toMatchObject({ status: 'skipped', reason: 'already-booked' });
  });

  it('refuses a type that is no write-off, item by item', async () => {
    const [outcome] = await writeOff(randomUUID(), [{ accountId: await idOf('A1'), previewedAmount: 1 }], {
      transactionTypeCode: 'payment',
    });
    expect(outcome).toMatchObject({ status: 'failed', reason: 'unknown-transaction-type' });
  });

  it('is undone by the mirror image, once', async () => {
    const done = (await lastAnswer(`${action}:0`)).filter(({ status }) => status === 'done');
    const items = done.map(({ accountId, transactionId }) => ({ accountId, transactionId: transactionId ?? '' }));
    const undone = await reverse(randomUUID(), items);
    expect(undone.map(({ status, amount }) => [status, amount])).toEqual([
      ['done', 6000],
      ['done', 7000],
    ]);
    expect(await balances()).toMatchObject({ A1: 15000, A2: 7000 });
    const again = await reverse(randomUUID(), items);
    expect(again.map(({ reason }) => reason)).toEqual(['already-reversed', 'already-reversed']);
    const [unknown] = await reverse(randomUUID(), [
      { accountId: await idOf('A2'), transactionId: items[0]?.transactionId ?? '' },
    ]);
    expect(unknown).toMatchObject({ status: 'failed', reason: 'unknown-transaction' });
    expect(await ledger.violations()).toEqual([]);
  });

  it('publishes events and answers that the catalog accepts', async () => {
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });
});

describe('many at once', () => {
  it('sixteen actions on the same accounts write off each amount once', async () => {
    const lines = Array.from({ length: 200 }, (_, n) => `TYO,T${n},T${n},2026-01-01,2026-02-01,1000,`).join('\n');
    await ledger.importFile(`${header}${lines}\n`);
    const accounts = await rows<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number LIKE 'T%'`);
    const actions = Array.from({ length: 16 }, (_, n) => {
      const items = accounts.map(({ id }) => ({ accountId: id, previewedAmount: 100 }));
      return writeOff(randomUUID(), n % 2 === 0 ? items : items.toReversed());
    });
    const outcomes = (await Promise.all(actions)).flat();
    const total = outcomes.reduce((sum, { amount }) => sum + amount, 0);
    expect(total).toBe(200 * 1000);
    expect(outcomes.filter(({ reason }) => reason === 'nothing-open')).toHaveLength(200 * 6);
    expect(await ledger.violations()).toEqual([]);
  });
});
