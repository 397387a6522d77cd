import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError, row, rows, sql, transaction, type Db } from '@recoup/service-kit';
import * as fc from 'fast-check';
import { assignPayer } from '../account-payers/assign-payer.js';
import { issueInvoice } from '../invoices/issue-invoice.js';
import { issuePayerInvoice } from '../payer-invoices/issue-payer-invoice.js';
import { recordPayment } from '../payments/record-payment.js';
import { returnPayment } from '../payments/return-payment.js';
import { recallFromAgency } from '../referrals/recall-from-agency.js';
import { referToAgency } from '../referrals/refer-to-agency.js';
import { reverseTransaction } from '../reversals/reverse-transaction.js';
import { agencies } from '../testing/bulk-chunks.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { writeOff } from '../write-offs/write-off.js';
import { queueLines } from './queue-lines.js';

const payers = ['SELF', 'INS', 'SPRNT'] as const;
let ledger: TestLedger;
let drawn = 0;

beforeAll(async () => {
  ledger = await testLedger();
  const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\n';
  await ledger.importFile(`${header}NYC,FIRST,0,2026-01-01,2026-02-01,1.00\n`);
  await agencies(ledger);
});
afterAll(() => ledger.stop());

interface Step {
  readonly of: 'pay' | 'window' | 'queue' | 'refer' | 'recall' | 'bill' | 'write-off' | 'reverse' | 'return';
  /** Which line, transaction or payment, counted from the first. */
  readonly which: number;
  readonly payer: (typeof payers)[number];
  readonly amount: number;
  /** Days that pass before it, and days of which its date is earlier than its own. */
  readonly passed: number;
  readonly back: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  of: fc.constantFrom(
    'pay',
    'pay',
    'window',
    'queue',
    'queue',
    'refer',
    'recall',
    'bill',
    'write-off',
    'reverse',
    'return',
  ),
  which: fc.nat({ max: 7 }),
  payer: fc.constantFrom(...payers),
  amount: fc.integer({ min: 0, max: 2_500 }),
  passed: fc.nat({ max: 2 }),
  back: fc.nat({ max: 12 }),
});

const start = Date.parse('2026-11-04T12:00:00.000Z');
const daysAfter = (days: number): string => new Date(start + days * 86_400_000).toISOString();

/** An account that owes 1,000, 2,000 and 3,000 of two invoices, with an insurer and an agency assigned. */
async function opened(): Promise<string> {
  drawn += 1;
  ledger.clock.set(daysAfter(0));
  const made = await row<{ id: string }>(
    ledger.db(),
    sql`INSERT INTO accounts (office_id, number, name, currency)
        SELECT id, ${`Q${drawn}`}, 'x', currency FROM offices WHERE code = 'NYC' RETURNING id`,
  );
  const accountId = made?.id ?? '';
  const { clock } = ledger;
  await transaction(ledger.db(), async (tx) => {
    for (const payerCode of ['INS', 'SPRNT'])
      await assignPayer(tx, clock, supervisor, { accountId, payerCode, groupNumber: null, policyId: null });
    for (const [number, amounts] of [[`Q${drawn}-1`, [1_000, 2_000]] as const, [`Q${drawn}-2`, [3_000]] as const]) {
      const dates = { invoiceDate: '2026-11-03', dueDate: '2026-11-10' };
      const lines = amounts.map((amount) => ({ serviceTypeCode: 'service', dateOfService: '2026-11-01', amount }));
      await issueInvoice(tx, clock, supervisor, { accountId, number, ...dates, lines });
    }
  });
  return accountId;
}

const nth = async (which: number, query: ReturnType<typeof sql>): Promise<string> => {
  const found = await rows<{ id: string }>(ledger.db(), query);
  return found[which % Math.max(1, found.length)]?.id ?? '00000000-0000-7000-8000-000000000000';
};
const lineOf = (accountId: string, which: number): Promise<string> =>
  nth(which, sql`SELECT id FROM bill_lines WHERE account_id = ${accountId} ORDER BY opened_by NULLS FIRST, id`);
const bookedOf = (accountId: string, which: number, kinds: readonly string[]): Promise<string> =>
  nth(
    which,
    sql`SELECT id FROM transactions WHERE account_id = ${accountId} AND kind = ANY(${[...kinds]}::text[]) ORDER BY recorded_at, id`,
  );

/** Does a step; one that is refused does nothing. Anything but a refusal is a fault. */
async function take(accountId: string, { of, which, payer, amount, passed, back }: Step): Promise<boolean> {
  const { clock } = ledger;
  clock.set(new Date(Date.parse(clock.now()) + passed * 86_400_000).toISOString());
  const day = new Date(Date.parse(clock.now()) - back * 86_400_000).toISOString().slice(0, 10);
  const agency = { payerCode: 'SPRNT', transactionTypeCode: 'custom-write-off-1' };
  const payment = { accountId, amount, currency: 'USD', effectiveDate: day };
  const line = await lineOf(accountId, which);
  const steps: Record<Step['of'], (tx: Db) => Promise<unknown>> = {
    pay: (tx) => recordPayment(tx, clock, supervisor, { ...payment, payerCode: payer }),
    window: (tx) => {
      const writeOffs = [{ billLineId: line, amount: amount + 1, transactionTypeCode: agency.transactionTypeCode }];
      return recordPayment(tx, clock, supervisor, { ...payment, amount: 0, writeOffs });
    },
    queue: (tx) =>
      queueLines(tx, clock, supervisor, { billLineIds: [line], payerCode: payer, responsibilityDate: day }),
    refer: (tx) => referToAgency(tx, clock, supervisor, { billLineId: line, ...agency }),
    recall: (tx) => recallFromAgency(tx, clock, supervisor, { billLineId: line, payerCode: agency.payerCode }),
    bill: (tx) => issuePayerInvoice(tx, clock, supervisor, { accountId, payerCode: payer }),
    'write-off': (tx) =>
      writeOff(tx, clock, supervisor, {
        billLineId: line,
        amount: amount + 1,
        transactionTypeCode: 'coupon',
        effectiveDate: day,
      }),
    reverse: async (tx) => {
      const kinds = ['payment', 'write-off', 'queueing', 'referral', 'recall'];
      return reverseTransaction(tx, clock, supervisor, await bookedOf(accountId, which, kinds), { reason: 'x' });
    },
    return: async (tx) =>
      returnPayment(tx, clock, supervisor, await bookedOf(accountId, which, ['payment']), { effectiveDate: day }),
  };
  try {
    await transaction(ledger.db(), steps[of]);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** The least that was ever open of each line at the end of a day: the plain sum of what was posted up to it. */
const leastOpen = async (accountId: string): Promise<number> =>
  (
    await row<{ least: number }>(
      ledger.db(),
      sql`SELECT min(open)::bigint AS least FROM (
            SELECT sum(sum(CASE WHEN debit LIKE 'receivable:%' THEN amount ELSE -amount END))
                     OVER (PARTITION BY bill_line_id ORDER BY effective_date) AS open
            FROM postings WHERE account_id = ${accountId} AND bill_line_id IS NOT NULL GROUP BY bill_line_id, effective_date) daily`,
    )
  )?.least ?? -1;

/** What is open by line, as the books say, and as somebody knows who only heard the events. */
async function openByLine(accountId: string): Promise<{ kept: unknown; heard: unknown }> {
  const kept = await rows<{ id: string; open: number }>(
    ledger.db(),
    sql`SELECT id, open_amount AS open FROM bill_lines WHERE account_id = ${accountId} AND open_amount > 0 ORDER BY id`,
  );
  const heard = new Map<string, number>();
  interface Moved {
    readonly billLineId: string;
    readonly amount: number;
  }
  const told = await rows<{ data: { lines?: Moved[]; movements?: Moved[] } }>(
    ledger.db(),
    sql`SELECT data FROM outbox WHERE topic = 'recoup.ledger.events' AND subject = ${accountId} ORDER BY id`,
  );
  for (const { data } of told)
    for (const { billLineId, amount } of data.movements ?? data.lines ?? [])
      heard.set(billLineId, (heard.get(billLineId) ?? 0) + amount);
  const open = [...heard].filter(([, amount]) => amount > 0).map(([id, amount]) => ({ id, open: amount }));
  return { kept, heard: open.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

/** Reverses from the last to the first all that can be, and answers what is left open of each line of Self, and the credit. */
async function unwound(accountId: string): Promise<unknown> {
  const found = await rows<{ id: string }>(
    ledger.db(),
    sql`SELECT t.id FROM transactions t
        WHERE t.account_id = ${accountId} AND t.kind NOT IN ('invoice', 'reversal') AND t.reverses_id IS NULL
          AND NOT EXISTS (SELECT FROM transactions r WHERE r.reverses_id = t.id)
        ORDER BY t.recorded_at DESC, t.id DESC`,
  );
  for (const { id } of found)
    await transaction(ledger.db(), (tx) => reverseTransaction(tx, ledger.clock, supervisor, id, { reason: 'x' }));
  return row(
    ledger.db(),
    sql`SELECT a.balance, a.credit, array_agg(b.open_amount::int ORDER BY b.amount) AS lines FROM accounts a JOIN bill_lines b ON b.account_id = a.id
        WHERE a.id = ${accountId} AND b.opened_by IS NULL GROUP BY a.id`,
  );
}

describe('any sequence of payments, queueings, referrals, recalls, returns and reversals', () => {
  it('keeps the books balanced, no line below 0 on any day, and is told as it is kept', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
        const accountId = await opened();
        for (const each of steps) if (await take(accountId, each)) done += 1;
        expect(await leastOpen(accountId)).toBeGreaterThanOrEqual(0);
        const { kept, heard } = await openByLine(accountId);
        expect(heard).toEqual(kept);
      }),
      { numRuns: 60 },
    );
    expect(done).toBeGreaterThan(150);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  }, 120_000);

  it('reversed from the last to the first restores what was owed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          step.filter(({ of }) => of !== 'reverse' && of !== 'return'),
          { minLength: 6, maxLength: 16 },
        ),
        async (steps) => {
          const accountId = await opened();
          for (const each of steps) await take(accountId, each);
          expect(await unwound(accountId)).toEqual({ balance: 6_000, credit: 0, lines: [1_000, 2_000, 3_000] });
        },
      ),
      { numRuns: 40 },
    );
    expect(await ledger.violations()).toEqual([]);
  }, 120_000);
});
