import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql } from '@recoup/service-kit';
import { bulkChunks, eventsAfter, requireInvariants, type BulkChunks } from '../testing/bulk-chunks.js';
import { refusedEvents, testLedger, type TestLedger } from '../testing/test-ledger.js';

const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';
const freeze = 'recoup.ledger.freeze-accounts.v1';
const rollBack = 'recoup.ledger.roll-back-freezes.v1';
const notes = { keyId: 'k1', nonce: 'AAECAwQFBgcICQoL', ciphertext: 'c2VhbGVkIG5vdGVzIG9mIGEgZnJlZXpl' };
let ledger: TestLedger;
let chunks: BulkChunks;

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  const numbers = ['A', 'B', 'C', 'D', 'CLOSED', 'LOOSE'];
  await ledger.importFile(
    `${header}${numbers.map((a, n) => `NYC,${a},${n},2026-01-01,2026-02-01,100.00,`).join('\n')}\n`,
  );
  await run(ledger.db(), sql`UPDATE accounts SET status = 'closed' WHERE number = 'CLOSED'`);
  await run(ledger.db(), sql`UPDATE accounts SET status = 'frozen' WHERE number = 'LOOSE'`);
  await run(
    ledger.db(),
    sql`INSERT INTO subscriptions (account_id, office_id, currency, number, service_type_code, status, started_on)
        SELECT a.id, a.office_id, a.currency, a.number || '-' || s.status, 'service', s.status, date '2025-01-01'
        FROM accounts a CROSS JOIN (VALUES ('active'), ('cancelled')) AS s (status)
        UNION ALL
        SELECT a.id, a.office_id, a.currency, a.number || '-second', 'service', 'active', date '2025-01-01' FROM accounts a`,
  );
});
afterEach(() => requireInvariants(ledger));
afterAll(() => ledger.stop());

const frozen = (items: string[], more: object = {}) =>
  chunks.ask(freeze, {
    cancellationReasonCode: 'non-payment',
    notes,
    items: items.map((accountId) => ({ accountId })),
    ...more,
  });
const rolledBack = (
  items: string[],
  more: { actionId?: string; chunk?: number; freezeActionId?: string; subscriptionIds?: string[] } = {},
) => {
  const { subscriptionIds = null, freezeActionId = null, ...origin } = more;
  return chunks.ask(rollBack, {
    ...origin,
    freezeActionId,
    items: items.map((accountId) => ({ accountId, subscriptionIds })),
  });
};
const reasons = (outcomes: readonly { status: string; reason: string | null }[]) =>
  outcomes.map(({ status, reason }) => [status, reason]);

/** Statuses of an account and its subscriptions, by number. */
async function statuses(number: string): Promise<Record<string, string>> {
  const found = await rows<{ number: string; status: string }>(
    ledger.db(),
    sql`SELECT number, status FROM accounts WHERE number = ${number}
        UNION ALL SELECT s.number, s.status FROM subscriptions s JOIN accounts a ON a.id = s.account_id WHERE a.number = ${number}`,
  );
  return Object.fromEntries(found.map((each) => [each.number, each.status]));
}

describe('a chunk of freezes', () => {
  const action = randomUUID();

  it('freezes active accounts with their active subscriptions, or says why not', async () => {
    const [a = '', closed = '', loose = ''] = await Promise.all(['A', 'CLOSED', 'LOOSE'].map(chunks.idOf));
    const unknown = randomUUID();
    const outcomes = await frozen([a, closed, loose, unknown, a], { actionId: action });
    expect(reasons(outcomes)).toEqual([
      ['done', null],
      ['skipped', 'closed'],
      ['skipped', 'already-frozen'],
      ['failed', 'unknown-account'],
      ['failed', 'repeated-account'],
    ]);
    expect(outcomes[0]).toMatchObject({ amount: 0, currentAmount: 10_000, transactionId: null });
    expect(await statuses('A')).toEqual({
      A: 'frozen',
      'A-active': 'frozen',
      'A-cancelled': 'cancelled',
      'A-second': 'frozen',
    });
    expect(await eventsAfter(ledger, a, 2)).toEqual([
      'account-changed',
      'subscription-changed',
      'subscription-changed',
    ]);
    const kept = await row(
      ledger.db(),
      sql`SELECT prior_status, cancellation_reason_code, notes FROM freezes WHERE account_id = ${a}`,
    );
    expect(kept).toEqual({ prior_status: 'active', cancellation_reason_code: 'non-payment', notes });
  });

  it('refuses a reason that there is not, and an account that the action froze before', async () => {
    const [a = '', b = ''] = await Promise.all(['A', 'B'].map(chunks.idOf));
    expect(reasons(await frozen([b], { cancellationReasonCode: 'whim' }))).toEqual([
      ['failed', 'unknown-cancellation-reason'],
    ]);
    expect(reasons(await frozen([a], { actionId: action, chunk: 1 }))).toEqual([['skipped', 'already-booked']]);
  });

  it('asked for again, after a crash or after the answer, has one effect', async () => {
    const items = [{ accountId: await chunks.idOf('B') }];
    const asked = { actionId: randomUUID(), cancellationReasonCode: 'non-payment', notes: null, items };
    await chunks.crash(freeze, asked);
    const first = await chunks.ask(freeze, asked);
    expect(reasons(first)).toEqual([['done', null]]);
    expect(await chunks.ask(freeze, asked)).toEqual(first);
  });
});

describe('a rollback', () => {
  it('sets back one subscription, then the account with the rest', async () => {
    const b = await chunks.idOf('B');
    const [own] = await rows<{ id: string }>(ledger.db(), sql`SELECT id FROM subscriptions WHERE number = 'B-active'`);
    const asked = { actionId: randomUUID(), subscriptionIds: [own?.id ?? ''] };
    expect(reasons(await rolledBack([b], asked))).toEqual([['done', null]]);
    expect(await statuses('B')).toMatchObject({ B: 'frozen', 'B-active': 'active', 'B-second': 'frozen' });
    expect(reasons(await rolledBack([b], { ...asked, chunk: 1 }))).toEqual([['skipped', 'already-booked']]);
    expect(reasons(await rolledBack([b], { subscriptionIds: [own?.id ?? ''] }))).toEqual([['skipped', 'not-frozen']]);
    expect(reasons(await rolledBack([b]))).toEqual([['done', null]]);
    expect(await statuses('B')).toEqual({
      B: 'active',
      'B-active': 'active',
      'B-cancelled': 'cancelled',
      'B-second': 'active',
    });
    expect(reasons(await rolledBack([b]))).toEqual([['skipped', 'not-frozen']]);
  });

  it('leaves alone what changed in between, and says so', async () => {
    const action = randomUUID();
    const [c = '', d = ''] = await Promise.all(['C', 'D'].map(chunks.idOf));
    await frozen([c, d], { actionId: action });
    await run(ledger.db(), sql`UPDATE subscriptions SET status = 'cancelled' WHERE number = 'C-active'`);
    await run(ledger.db(), sql`UPDATE accounts SET status = 'closed' WHERE number = 'D'`);
    const outcomes = await rolledBack([c, d], { freezeActionId: action });
    expect(reasons(outcomes)).toEqual([
      ['done', 'changed-since'],
      ['skipped', 'closed'],
    ]);
    expect(await statuses('C')).toMatchObject({ C: 'active', 'C-active': 'cancelled', 'C-second': 'active' });
    expect(await statuses('D')).toMatchObject({ D: 'closed', 'D-active': 'frozen' });
  });

  it('of an action leaves later freezes; one without a freeze of ours knows nothing to set back', async () => {
    const first = randomUUID();
    const c = await chunks.idOf('C');
    await frozen([c], { actionId: first });
    await rolledBack([c]);
    await frozen([c]);
    expect(reasons(await rolledBack([c], { freezeActionId: first }))).toEqual([['skipped', 'already-rolled-back']]);
    expect(reasons(await rolledBack([c], { freezeActionId: randomUUID() }))).toEqual([['failed', 'unknown-freeze']]);
    expect(reasons(await rolledBack([await chunks.idOf('LOOSE')]))).toEqual([['failed', 'unknown-freeze']]);
    expect(await statuses('C')).toMatchObject({ C: 'frozen' });
  });

  it('after a crash is done once', async () => {
    const asked = {
      actionId: randomUUID(),
      freezeActionId: null,
      items: [{ accountId: await chunks.idOf('C'), subscriptionIds: null }],
    };
    await chunks.crash(rollBack, asked);
    const first = await chunks.ask(rollBack, asked);
    expect(reasons(first)).toEqual([['done', null]]);
    expect(await chunks.ask(rollBack, asked)).toEqual(first);
  });

  it('publishes what the catalog accepts', async () => {
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });
});
