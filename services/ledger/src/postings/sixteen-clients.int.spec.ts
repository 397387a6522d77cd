import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { randomOf, type Random } from '@recoup/service-kit/testing/random';
import request from 'supertest';
import { agencyLedger, type AgencyLedger } from '../testing/agency-ledger.js';
import { refusedEvents } from '../testing/test-ledger.js';

const clients = 16;
const commandsEach = 25;
const linesEach = 8;
const lineAmount = 5_000;
const seed = Number(process.env['RECOUP_TEST_SEED'] ?? Date.now() % 2 ** 31);

/** An account on which all clients work, and what they were told that they may use. */
interface Shared {
  readonly id: string;
  readonly lines: readonly string[];
  readonly insured: string[];
  readonly payments: string[];
  readonly writeOffs: string[];
  /** What the acknowledged commands come to: what is owed less credit, by payer. */
  readonly owed: Record<'SELF' | 'INSURER' | 'AGENCY', number>;
  /** Transactions that were acknowledged. */
  readonly booked: Set<string>;
}

/** What the commands answer, of which each has a part. */
interface Acknowledged {
  readonly id: string;
  readonly amount: number;
  readonly payerCode: 'INSURER' | 'AGENCY' | null;
  readonly nsfFee?: { readonly total: number } | null;
  readonly transactions?: readonly { readonly id: string; readonly amount: number }[];
  readonly billLines?: readonly { readonly id: string }[];
  readonly paymentId: string | null;
  readonly writeOffId?: string;
}

/** A request, and what its acknowledgement changes. */
interface Command {
  readonly path: string;
  readonly body: object;
  readonly acknowledged: (answer: Acknowledged) => void;
}

let ledger: AgencyLedger;
let bearer: string;
const accounts: Shared[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  ledger = await agencyLedger();
  bearer = await ledger.service.bearer({ role: 'supervisor', user: 'sam' });
  for (let n = 0; n < 3; n += 1) {
    const id = await ledger.account();
    const invoice = await ledger.invoice(id, ...Array.from({ length: linesEach }, () => lineAmount));
    await ledger.assign(id, 'AGENCY');
    await ledger.assign(id, 'INSURER', { policyId: 'P', groupNumber: 'G' });
    const lines = (await ledger.lines(invoice)).map(({ id: line }: { id: string }) => line);
    const owed = { SELF: linesEach * lineAmount, INSURER: 0, AGENCY: 0 };
    accounts.push({ id, lines, insured: [], payments: [], writeOffs: [], owed, booked: new Set() });
  }
});
afterAll(() => ledger.stop());

function pick<T>(random: Random, of: readonly T[]): T | undefined {
  return of[Math.floor(random() * of.length)];
}

/** Payments and returns, of the account itself and of those to whom its debt was given. */
function moneyOf(account: Shared, random: Random): Command[] {
  const { id: accountId, owed, payments } = account;
  const amount = 1 + Math.floor(random() * 900);
  const payment = { accountId, amount, currency: 'USD', effectiveDate: ledger.on(0) };
  const paid = (answer: Acknowledged): void => {
    owed[answer.payerCode ?? 'SELF'] -= answer.amount;
    payments.push(answer.id);
  };
  const returned = (answer: Acknowledged): void => {
    owed[answer.payerCode ?? 'SELF'] += answer.amount + (answer.nsfFee?.total ?? 0);
  };
  const back = `payments/${pick(random, payments) ?? accountId}/return`;
  return [
    { path: 'payments', body: payment, acknowledged: paid },
    { path: 'payments', body: { ...payment, payerCode: 'AGENCY' }, acknowledged: paid },
    { path: 'payments', body: { ...payment, payerCode: 'INSURER' }, acknowledged: paid },
    { path: back, body: { effectiveDate: ledger.on(0) }, acknowledged: returned },
    { path: back, body: { effectiveDate: ledger.on(0), nsfFee: { amount: 25 } }, acknowledged: returned },
  ];
}

/** Write-offs and their reversals, queueings there and back, referrals and recalls. */
function debtOf({ id: accountId, lines, insured, writeOffs, owed, booked }: Shared, random: Random): Command[] {
  const amount = 1 + Math.floor(random() * 400);
  const line = pick(random, lines) ?? '';
  const closed = (answer: Acknowledged): void => {
    owed.SELF -= answer.amount;
    writeOffs.push(answer.id);
  };
  const moved = (from: keyof typeof owed, to: keyof typeof owed, sum: number): void => {
    owed[from] -= sum;
    owed[to] += sum;
  };
  const queued = (
    { transactions = [], billLines = [] }: Acknowledged,
    [from, to]: ['SELF', 'INSURER'] | ['INSURER', 'SELF'],
  ): void => {
    for (const { amount: sum } of transactions) moved(from, to, sum);
    if (to === 'INSURER') insured.push(...billLines.map(({ id }) => id));
  };
  return [
    { path: 'write-offs', body: { accountId, amount }, acknowledged: closed },
    { path: 'adjustments', body: { billLineId: line, amount }, acknowledged: closed },
    {
      path: `transactions/${pick(random, writeOffs) ?? accountId}/reverse`,
      body: { reason: 'a mistake' },
      acknowledged: (answer) => void (owed.SELF += answer.amount),
    },
    {
      path: `bill-lines/${line}/queue`,
      body: { payerCode: 'INSURER' },
      acknowledged: (answer) => queued(answer, ['SELF', 'INSURER']),
    },
    {
      path: `bill-lines/${pick(random, insured) ?? line}/queue`,
      body: { payerCode: 'SELF' },
      acknowledged: (answer) => queued(answer, ['INSURER', 'SELF']),
    },
    {
      path: 'agency-referrals',
      body: { billLineId: line, payerCode: 'AGENCY', transactionTypeCode: 'custom-write-off-1' },
      acknowledged: (answer) => {
        moved('SELF', 'AGENCY', answer.amount);
        for (const id of [answer.paymentId, answer.writeOffId]) booked.add(id ?? '');
      },
    },
    {
      path: 'agency-referrals/recall',
      body: { billLineId: line, payerCode: 'AGENCY' },
      acknowledged: (answer) => moved('AGENCY', 'SELF', answer.amount),
    },
  ];
}

/**
 * Sends a command, one in four twice at once under its key: what is done is done once. Where the first is refused, the
 * second may find the books as it needs them.
 */
async function send(account: Shared, { path, body, acknowledged }: Command, random: Random): Promise<void> {
  const key = randomUUID();
  const post = () =>
    request(ledger.server)
      .post(`/api/ledger/${path}`)
      .set({ Authorization: bearer, 'Idempotency-Key': key })
      .send(body);
  const answers = await Promise.all(random() < 0.25 ? [post(), post()] : [post()]);
  const unexpected = answers.filter(({ status }) => ![201, 404, 409, 422].includes(status));
  faults.push(...unexpected.map(({ status, body: told }) => ({ path, body, status, told })));
  const done: Acknowledged[] = answers.filter(({ status }) => status === 201).map(({ body: told }) => told);
  const [answer] = done;
  if (!answer) return;
  if (done.some(({ id }) => id !== answer.id)) faults.push({ path, body, twice: done });
  acknowledged(answer);
  for (const { id } of answer.transactions ?? [answer]) account.booked.add(id);
}

async function client(random: Random): Promise<void> {
  for (let n = 0; n < commandsEach; n += 1) {
    const account = pick(random, accounts);
    const command = account && pick(random, [...moneyOf(account, random), ...debtOf(account, random)]);
    if (account && command) await send(account, command, random);
  }
}

/** What each payer owes of an account less credit, and every transaction but those of its invoices, as the books have it. */
async function kept(accountId: string): Promise<{ owed: unknown; booked: Set<string> }> {
  const [found] = await rows(
    ledger.db(),
    sql`SELECT (SELECT (balance - credit)::bigint FROM accounts WHERE id = ${accountId}) AS "SELF",
               coalesce(sum(b.open_amount) FILTER (WHERE y.code = 'INSURER'), 0)::bigint AS "INSURER",
               coalesce(sum(b.open_amount) FILTER (WHERE y.code = 'AGENCY'), 0)::bigint AS "AGENCY"
        FROM bill_lines b JOIN payers y ON y.id = b.payer_id WHERE b.account_id = ${accountId}`,
  );
  const booked = await rows<{ id: string }>(
    ledger.db(),
    sql`SELECT id FROM transactions WHERE account_id = ${accountId} AND kind NOT IN ('invoice', 'credit-application')`,
  );
  return { owed: found, booked: new Set(booked.map(({ id }) => id)) };
}

describe(`sixteen clients on the same accounts (seed ${seed})`, () => {
  it('who pay, return, write off, queue, refer and recall lose nothing, and meet neither a deadlock nor a fault', async () => {
    await Promise.all(Array.from({ length: clients }, (_, n) => client(randomOf(seed + n))));
    expect(faults).toEqual([]);
    for (const { id, owed, booked } of accounts) expect(await kept(id)).toEqual({ owed, booked });
    expect(accounts.reduce((sum, { booked }) => sum + booked.size, 0)).toBeGreaterThan(100);
    expect(await ledger.violations()).toEqual([]);
    expect(await refusedEvents(ledger.db())).toEqual([]);
  }, 120_000);
});
