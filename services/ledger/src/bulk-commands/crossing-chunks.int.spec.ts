import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { catalog, type ItemOutcome, type MessageData } from '@recoup/contracts';
import { row, rows, run, sql, transaction } from '@recoup/service-kit';
import { agencies, bulkChunks, requireInvariants, type BulkChunks } from '../testing/bulk-chunks.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { untilBlocked } from '../testing/until-blocked.js';
import { changeWriteOffSettings } from '../write-off-settings/change-write-off-settings.js';
import { commandTypes, type BulkCommand } from './command-types.js';

const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';
const accountsCount = 1000;
const shared = 60;
const agency = { payerCode: 'SPRNT', transactionTypeCode: 'custom-write-off-1' };
let ledger: TestLedger;
let chunks: BulkChunks;
let ids: string[] = [];

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  const lines = Array.from({ length: accountsCount }, (_, n) => [
    `NYC,A${n},${n}-1,2026-01-01,2026-02-01,70.00,`,
    `NYC,A${n},${n}-2,2026-03-01,2026-04-01,30.00,`,
  ]).flat();
  await ledger.importFile(`${header}${lines.join('\n')}\n`);
  ids = (await rows<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts ORDER BY id`)).map(({ id }) => id);
  await agencies(ledger);
  await run(
    ledger.db(),
    sql`INSERT INTO subscriptions (account_id, office_id, currency, number, service_type_code, started_on)
        SELECT id, office_id, currency, 'S-' || number, 'service', '2025-01-01' FROM accounts`,
  );
});
afterAll(() => ledger.stop());

const fee = (accountId: string) => ({
  accountId,
  currency: 'USD',
  lines: [{ serviceTypeCode: 'late-fee', amount: 500 }],
});
const addFees = (of: string[]) => chunks.ask('recoup.ledger.add-fees.v1', { items: of.map(fee) });
const freeze = (of: string[], actionId = randomUUID()) =>
  chunks.ask('recoup.ledger.freeze-accounts.v1', {
    actionId,
    cancellationReasonCode: 'non-payment',
    notes: null,
    items: of.map((accountId) => ({ accountId })),
  });
const rollBack = (of: string[], freezeActionId: string | null) =>
  chunks.ask('recoup.ledger.roll-back-freezes.v1', {
    freezeActionId,
    items: of.map((accountId) => ({ accountId, subscriptionIds: null })),
  });
const refer = (of: string[], previewedAmount: number) =>
  chunks.ask('recoup.ledger.refer-balances.v1', {
    ...agency,
    items: of.map((accountId) => ({ accountId, previewedAmount })),
  });
const recall = (of: string[]) =>
  chunks.ask('recoup.ledger.recall-balances.v1', {
    payerCode: agency.payerCode,
    items: of.map((accountId) => ({ accountId })),
  });
const writeOff = (of: string[], previewedAmount: number) =>
  chunks.ask('recoup.ledger.write-off-accounts.v1', {
    transactionTypeCode: 'coupon',
    items: of.map((accountId) => ({ accountId, previewedAmount })),
  });
const undo = (outcomes: readonly ItemOutcome[]) =>
  chunks.ask('recoup.ledger.reverse-transactions.v1', {
    items: outcomes.map(({ accountId, transactionId }) => ({ accountId, transactionId: transactionId ?? '' })),
  });
const sums = (outcomes: readonly ItemOutcome[]): Record<string, number> => {
  const counted: Record<string, number> = { amount: 0 };
  for (const { status, reason, amount } of outcomes) {
    const key = reason ?? status;
    counted[key] = (counted[key] ?? 0) + 1;
    counted['amount'] = (counted['amount'] ?? 0) + amount;
  }
  return counted;
};
const balance = async (): Promise<number | undefined> =>
  (await row<{ sum: number }>(ledger.db(), sql`SELECT sum(balance)::bigint AS sum FROM accounts`))?.sum;

describe('the golden example of a command', () => {
  const types = commandTypes.filter((type): type is BulkCommand => type !== 'recoup.ledger.issue-invoices.v1');
  it('is one of those that the ledger takes', () => {
    const known = Object.entries(catalog).filter(([, { topic }]) => topic === 'recoup.ledger.commands');
    expect(known.map(([type]) => type).toSorted()).toEqual(commandTypes.toSorted());
  });

  it.each(types)('%s is accepted, and answered', async (type) => {
    const url = new URL(`../../../../libs/contracts/examples/${type}.json`, import.meta.url);
    const { data }: { data: MessageData<typeof type> } = JSON.parse(readFileSync(url, 'utf8'));
    const outcomes = await chunks.ask(type, { ...data, actionId: randomUUID() });
    expect(outcomes.map(({ reason }) => reason)).toEqual(['unknown-account']);
  });
});

describe('a chunk of a thousand accounts', () => {
  afterEach(() => requireInvariants(ledger));

  it('of fees is booked, and undone', async () => {
    const done = await addFees(ids);
    expect(sums(done)).toEqual({ done: 1000, amount: 500_000 });
    expect(await balance()).toBe(10_500_000);
    expect(sums(await undo(done))).toEqual({ done: 1000, amount: 500_000 });
    expect(await balance()).toBe(10_000_000);
  });

  it('is frozen, and rolled back', async () => {
    const action = randomUUID();
    expect(sums(await freeze(ids, action))).toEqual({ done: 1000, amount: 0 });
    expect(sums(await refer(ids, 10_000))).toEqual({ frozen: 1000, amount: 0 });
    expect(sums(await rollBack(ids, action))).toEqual({ done: 1000, amount: 0 });
    const [found] = await rows(ledger.db(), sql`SELECT count(*) AS frozen FROM subscriptions WHERE status <> 'active'`);
    expect(found).toEqual({ frozen: 0 });
  });

  it('is referred, and recalled', async () => {
    expect(sums(await refer(ids, 10_000))).toEqual({ done: 1000, amount: 10_000_000 });
    expect(await balance()).toBe(0);
    expect(sums(await recall(ids))).toEqual({ done: 1000, amount: 10_000_000 });
    expect(await balance()).toBe(10_000_000);
  });
});

/** The shared accounts, forwards and backwards by turns. */
const both = (n: number): string[] => (n % 2 === 0 ? ids.slice(0, shared) : ids.slice(0, shared).toReversed());

describe('sixteen actions at once on the same accounts', () => {
  afterEach(() => requireInvariants(ledger));

  it('refer each balance once, and recall it once', async () => {
    const referrals = await Promise.all(Array.from({ length: 16 }, (_, n) => refer(both(n), 10_000)));
    expect(sums(referrals.flat())).toEqual({ done: shared, 'nothing-open': 15 * shared, amount: shared * 10_000 });
    const recalls = await Promise.all(Array.from({ length: 16 }, (_, n) => recall(both(n))));
    expect(sums(recalls.flat())).toEqual({ done: shared, 'nothing-open': 15 * shared, amount: shared * 10_000 });
  });

  it('freeze each account once, and roll it back once', async () => {
    const freezes = await Promise.all(Array.from({ length: 16 }, (_, n) => freeze(both(n))));
    expect(sums(freezes.flat())).toEqual({ done: shared, 'already-frozen': 15 * shared, amount: 0 });
    const back = await Promise.all(Array.from({ length: 16 }, (_, n) => rollBack(both(n), null)));
    expect(sums(back.flat())).toEqual({ done: shared, 'not-frozen': 15 * shared, amount: 0 });
  });

  it('of every kind leave books that balance', async () => {
    const fees = (await Promise.all(Array.from({ length: 4 }, (_, n) => addFees(both(n))))).flat();
    const kinds = [writeOff, refer, (of: string[]) => recall(of), (of: string[]) => freeze(of)];
    const crossing = Array.from({ length: 12 }, (_, n) => kinds[n % kinds.length]?.(both(n), 12_000) ?? []);
    const undone = Array.from({ length: 4 }, (_, n) => undo(fees.slice(n * shared, (n + 1) * shared)));
    const outcomes = (await Promise.all([...crossing, ...undone])).flat();
    expect(outcomes).toHaveLength(16 * shared);
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  it('publish what the catalog accepts', async () => {
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });
});

describe('a run of chunks', () => {
  afterEach(() => requireInvariants(ledger));

  it('of different commands locks all its accounts, in order, before the first is executed', async () => {
    const [low = '', high = ''] = ids.slice(shared);
    const frozen = { cancellationReasonCode: 'non-payment', notes: null, items: [{ accountId: high }] };
    const closed = { transactionTypeCode: 'coupon', items: [{ accountId: low, previewedAmount: 1 }] };
    let asked: Promise<void> | undefined;
    await transaction(ledger.db(), async (tx) => {
      await run(tx, sql`SELECT FROM accounts WHERE id = ${low} FOR UPDATE`);
      asked = chunks.askTogether([
        { type: 'recoup.ledger.freeze-accounts.v1', given: frozen },
        { type: 'recoup.ledger.write-off-accounts.v1', given: closed },
      ]);
      await untilBlocked(tx);
      const free = await rows(tx, sql`SELECT id FROM accounts WHERE id = ${high} FOR UPDATE SKIP LOCKED`);
      expect(free).toEqual([{ id: high }]);
    });
    await asked;
    const found = await rows(
      ledger.db(),
      sql`SELECT status, balance FROM accounts WHERE id = ANY(${[low, high]}::uuid[]) ORDER BY id`,
    );
    expect(found).toEqual([
      { status: 'active', balance: 9_999 },
      { status: 'frozen', balance: 10_000 },
    ]);
  });

  it.each(['write-off', 'referral'])('of a %s books nothing under a type that is just being removed', async (kind) => {
    const of = ids.slice(shared + 2, shared + 3);
    const names = [1, 2].map((n) => ({ name: `Type ${n}`, plural: `Type ${n}` }));
    const settings = (inUse: number) => ({ inUse, writeOffs: names.slice(0, inUse) });
    await transaction(ledger.db(), (tx) => changeWriteOffSettings(tx, supervisor, settings(2), undefined));
    const transactionTypeCode = 'custom-write-off-2';
    const items = of.map((accountId) => ({ accountId, previewedAmount: 10_000 }));
    let asked: Promise<ItemOutcome[]> | undefined;
    await transaction(ledger.db(), async (tx) => {
      await changeWriteOffSettings(tx, supervisor, settings(1), undefined);
      asked =
        kind === 'referral'
          ? chunks.ask('recoup.ledger.refer-balances.v1', { ...agency, transactionTypeCode, items })
          : chunks.ask('recoup.ledger.write-off-accounts.v1', { transactionTypeCode, items });
      await untilBlocked(tx);
    });
    expect(await asked).toMatchObject([{ status: 'failed', reason: 'unknown-transaction-type' }]);
  });
});
