import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql } from '@recoup/service-kit';
import {
  agencies,
  bulkChunks,
  eventsAfter,
  figures,
  requireInvariants,
  type BulkChunks,
} from '../testing/bulk-chunks.js';
import { refusedEvents, testLedger, type TestLedger } from '../testing/test-ledger.js';

const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount,settledDate\n';
const refer = 'recoup.ledger.refer-balances.v1';
const recall = 'recoup.ledger.recall-balances.v1';
const reverse = 'recoup.ledger.reverse-transactions.v1';
const typeCode = 'custom-write-off-1';
let ledger: TestLedger;
let chunks: BulkChunks;

beforeAll(async () => {
  ledger = await testLedger();
  chunks = bulkChunks(ledger);
  const numbers = ['A', 'B', 'C', 'D', 'FROZEN', 'CLOSED'];
  const lines = numbers.flatMap((number, n) => [
    `NYC,${number},${n}-1,2026-01-01,2026-02-01,100.00,`,
    `NYC,${number},${n}-2,2026-03-01,2026-04-01,50.00,`,
  ]);
  await ledger.importFile(`${header}${lines.join('\n')}\nNYC,NOTHING,N,2026-01-01,2026-02-01,10.00,2026-01-05\n`);
  await run(ledger.db(), sql`UPDATE accounts SET status = lower(number) WHERE number IN ('FROZEN', 'CLOSED')`);
  await agencies(ledger);
});
afterEach(() => requireInvariants(ledger));
afterAll(() => ledger.stop());

const referred = (items: [accountId: string, previewedAmount: number][], more: object = {}) =>
  chunks.ask(refer, {
    payerCode: 'SPRNT',
    transactionTypeCode: typeCode,
    items: items.map(([accountId, previewedAmount]) => ({ accountId, previewedAmount })),
    ...more,
  });
const recalled = (items: string[], more: object = {}) =>
  chunks.ask(recall, { payerCode: 'SPRNT', items: items.map((accountId) => ({ accountId })), ...more });
const undone = (accountId: string, transactionId: string | null | undefined) =>
  chunks.ask(reverse, { items: [{ accountId, transactionId: transactionId ?? '' }] });
const reasons = (outcomes: readonly { status: string; reason: string | null }[]) =>
  outcomes.map(({ status, reason }) => [status, reason]);

/** An agency collects part of a line, as a payment of its payer does. */
async function collect(accountId: string, amount: number): Promise<void> {
  const id = (await row<{ id: string }>(ledger.db(), sql`SELECT uuidv7() AS id`))?.id ?? '';
  await run(
    ledger.db(),
    sql`INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor, payer_id)
        SELECT ${id}, 'payment', 'payment', a.id, office_id, currency, ${amount}::bigint, '2026-11-22', now(), 'sam', p.id
        FROM accounts a JOIN payers p ON p.code = 'SPRNT' WHERE a.id = ${accountId}`,
  );
  await run(
    ledger.db(),
    sql`INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
        SELECT ${id}::uuid, ${accountId}::uuid, NULL::uuid, NULL::uuid, 'cash', 'account-credit', ${amount}::bigint, '2026-11-22'::date, ${id}::uuid
        UNION ALL
        (SELECT ${id}, account_id, invoice_id, id, 'account-credit', 'receivable:generic', ${amount}, '2026-11-22', ${id}
         FROM bill_lines WHERE account_id = ${accountId} AND opened_by IS NOT NULL AND open_amount >= ${amount}::bigint ORDER BY id LIMIT 1)`,
  );
}

const openOf = (accountId: string) =>
  rows<{ code: string; amount: number; open: number }>(
    ledger.db(),
    sql`SELECT p.code, b.amount, b.open_amount AS open FROM bill_lines b JOIN payers p ON p.id = b.payer_id JOIN invoices i ON i.id = b.invoice_id
        WHERE b.account_id = ${accountId} ORDER BY i.number, p.code`,
  );

describe('a chunk of referrals', () => {
  const action = randomUUID();

  it('closes each account’s balance by the write-off and hands it to the agency, or says why not', async () => {
    const ids = await Promise.all(['A', 'B', 'FROZEN', 'CLOSED', 'NOTHING'].map(chunks.idOf));
    const [a = '', b = '', frozen = '', closed = '', nothing = ''] = ids;
    const items: [string, number][] = [
      [a, 15_000],
      [b, 14_999],
      [frozen, 15_000],
      [closed, 15_000],
      [nothing, 1],
      [randomUUID(), 1],
      [a, 1],
    ];
    const outcomes = await referred(items, { actionId: action });
    expect(outcomes.map(({ status, reason, amount }) => [status, reason, amount])).toEqual([
      ['done', null, 15_000],
      ['skipped', 'changed-since-preview', 0],
      ['skipped', 'frozen', 0],
      ['skipped', 'closed', 0],
      ['skipped', 'nothing-open', 0],
      ['failed', 'unknown-account', 0],
      ['failed', 'repeated-account', 0],
    ]);
    expect(await figures(ledger)).toMatchObject({ A: [0, 0], B: [15_000, 0] });
    expect(await openOf(a)).toEqual([
      { code: 'SELF', amount: 10_000, open: 0 },
      { code: 'SPRNT', amount: 10_000, open: 10_000 },
      { code: 'SELF', amount: 5000, open: 0 },
      { code: 'SPRNT', amount: 5000, open: 5000 },
    ]);
    const steps = ['payer-assigned', 'payment-received', 'written-off', 'line-queued', 'payer-invoice-issued'];
    expect(await eventsAfter(ledger, a, 3)).toEqual(steps);
    const booked = await rows(
      ledger.db(),
      sql`SELECT kind, type_code, amount, command_id = ${action} AS by_action, payment_id IS NOT NULL AS beside_payment
          FROM transactions WHERE account_id = ${a} AND kind <> 'invoice' ORDER BY amount, kind DESC`,
    );
    expect(booked).toEqual([
      { kind: 'payment', type_code: 'payment', amount: 0, by_action: true, beside_payment: false },
      { kind: 'write-off', type_code: typeCode, amount: 15_000, by_action: true, beside_payment: true },
      { kind: 'referral', type_code: typeCode, amount: 15_000, by_action: true, beside_payment: true },
    ]);
    const invoice = await row(
      ledger.db(),
      sql`SELECT number, invoice_date, total FROM payer_invoices WHERE account_id = ${a}`,
    );
    expect(invoice).toEqual({ number: 'SPRNT-1', invoice_date: '2026-11-22', total: 15_000 });
  });

  it('finds nothing open of what was referred, and books an account once an action', async () => {
    const a = await chunks.idOf('A');
    expect(reasons(await referred([[a, 15_000]]))).toEqual([['skipped', 'nothing-open']]);
    expect(reasons(await referred([[a, 15_000]], { actionId: action, chunk: 1 }))).toEqual([
      ['skipped', 'already-booked'],
    ]);
  });

  it('refuses what is no agency, not in use, or lacks group number and policy id', async () => {
    const b = await chunks.idOf('B');
    const item: [string, number][] = [[b, 15_000]];
    expect(reasons(await referred(item, { payerCode: 'NOBODY' }))).toEqual([['failed', 'unknown-payer']]);
    expect(reasons(await referred(item, { payerCode: 'INS' }))).toEqual([['failed', 'not-an-agency']]);
    expect(reasons(await referred(item, { payerCode: 'STRICT' }))).toEqual([['failed', 'policy-id-missing']]);
    expect(reasons(await referred(item, { transactionTypeCode: 'coupon' }))).toEqual([
      ['failed', 'unknown-transaction-type'],
    ]);
    await run(ledger.db(), sql`UPDATE payers SET active = false WHERE code = 'STRICT'`);
    expect(reasons(await referred(item, { payerCode: 'STRICT' }))).toEqual([['failed', 'payer-not-in-use']]);
  });

  it('takes an assignment that had ended up again', async () => {
    const c = await chunks.idOf('C');
    await run(
      ledger.db(),
      sql`INSERT INTO account_payers (account_id, payer_id, policy_id, active) SELECT ${c}, id, 'P-1', false FROM payers WHERE code = 'SPRNT'`,
    );
    expect(reasons(await referred([[c, 15_000]]))).toEqual([['done', null]]);
    const kept = await rows(
      ledger.db(),
      sql`SELECT policy_id, active, version FROM account_payers WHERE account_id = ${c}`,
    );
    expect(kept).toEqual([{ policy_id: 'P-1', active: true, version: 2 }]);
  });

  it('asked for again, after a crash or after the answer, has one effect', async () => {
    const items = [{ accountId: await chunks.idOf('D'), previewedAmount: 15_000 }];
    const asked = { actionId: randomUUID(), payerCode: 'SPRNT', transactionTypeCode: typeCode, items };
    await chunks.crash(refer, asked);
    const first = await chunks.ask(refer, asked);
    expect(reasons(first)).toEqual([['done', null]]);
    expect(await chunks.ask(refer, asked)).toEqual(first);
  });
});

describe('a chunk of recalls', () => {
  it('brings back what the agency has not collected', async () => {
    const [a = '', b = ''] = await Promise.all(['A', 'B'].map(chunks.idOf));
    await collect(a, 4000);
    const outcomes = await recalled([a, b, randomUUID()]);
    expect(outcomes.map(({ status, reason, amount }) => [status, reason, amount])).toEqual([
      ['done', null, 11_000],
      ['skipped', 'nothing-open', 0],
      ['failed', 'unknown-account', 0],
    ]);
    expect(await openOf(a)).toEqual([
      { code: 'SELF', amount: 10_000, open: 6000 },
      { code: 'SPRNT', amount: 10_000, open: 0 },
      { code: 'SELF', amount: 5000, open: 5000 },
      { code: 'SPRNT', amount: 5000, open: 0 },
    ]);
    expect(reasons(await recalled([a]))).toEqual([['skipped', 'nothing-open']]);
    expect(reasons(await recalled([a], { payerCode: 'NOBODY' }))).toEqual([['failed', 'unknown-payer']]);
  });

  it('sums several referrals of one line, and is booked once after a crash', async () => {
    const c = await chunks.idOf('C');
    await recalled([c]);
    await chunks.pay(c, 1000);
    await referred([[c, 14_000]]);
    const asked = { actionId: randomUUID(), payerCode: 'SPRNT', items: [{ accountId: c }] };
    await chunks.crash(recall, asked);
    const first = await chunks.ask(recall, asked);
    expect(first).toMatchObject([{ status: 'done', amount: 14_000 }]);
    expect(await chunks.ask(recall, asked)).toEqual(first);
    expect(await figures(ledger)).toMatchObject({ C: [14_000, 0] });
  });

  it('is undone by the mirror image while what it brought back is open', async () => {
    const c = await chunks.idOf('C');
    await referred([[c, 14_000]]);
    const [done] = await recalled([c]);
    expect(reasons(await undone(c, done?.transactionId))).toEqual([['done', null]]);
    expect(await figures(ledger)).toMatchObject({ C: [0, 0] });
    const [again] = await recalled([c]);
    await chunks.pay(c, 500);
    expect(reasons(await undone(c, again?.transactionId))).toEqual([['skipped', 'no-longer-open']]);
  });
});

describe('the undo of a referral’s write-off', () => {
  it('is refused while an agency’s debt stands on it, and after the recall', async () => {
    const d = await chunks.idOf('D');
    const [{ id } = { id: '' }] = await rows<{ id: string }>(
      ledger.db(),
      sql`SELECT id FROM transactions WHERE account_id = ${d} AND kind = 'write-off'`,
    );
    expect(reasons(await undone(d, id))).toEqual([['skipped', 'referred']]);
    await recalled([d]);
    expect(reasons(await undone(d, id))).toEqual([['skipped', 'recalled']]);
    const payment = await chunks.pay(d, 100);
    expect(reasons(await undone(d, payment))).toEqual([['failed', 'not-reversible']]);
  });

  it('publishes what the catalog accepts', async () => {
    expect(
      (await refusedEvents(ledger.db())).filter((refused) => !refused.startsWith('recoup.ledger.payment')),
    ).toEqual([]);
  });
});
