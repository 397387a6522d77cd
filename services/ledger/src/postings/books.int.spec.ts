import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { row, rows, run, sql, sqlState, transaction, type RawBuilder } from '@recoup/service-kit';
import { chunkTablesSql } from '../bulk-commands/chunk-tables.sql.js';
import { stageWrittenOffLinesSql } from '../bulk-commands/write-off-chunk.sql.js';
import { testLedger, type TestLedger } from '../testing/test-ledger.js';
import { allocateOldestFirst } from './allocation.js';
import { openLines } from './open-lines.js';

let ledger: TestLedger;
let account: string;
const header = 'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\n';

beforeAll(async () => {
  ledger = await testLedger();
  const lines = [
    '1,2026-01-02,2026-02-01,1',
    '10,2026-01-01,2026-02-01,2',
    '2,2026-01-01,2026-02-01,3',
    'b,2026-01-01,2026-01-15,4',
    'A,2026-01-01,2026-01-15,5',
  ];
  await ledger.importFile(header + lines.map((line) => `NYC,A,${line}`).join('\n'));
  account = (await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts`))?.id ?? '';
});
afterAll(() => ledger.stop());

/** The state that PostgreSQL refuses a statement of the service's role with. */
async function refusal(statement: RawBuilder<unknown>): Promise<string | undefined> {
  try {
    await run(ledger.db(), statement);
    return 'accepted';
  } catch (error) {
    return sqlState(error);
  }
}

const noPrivilege = '42501';
const checkViolation = '23514';
const foreignKeyViolation = '23503';
const uniqueViolation = '23505';

const posting = (changes: Record<string, unknown>): RawBuilder<unknown> => {
  const values = { debit: 'cash', credit: 'account-credit', amount: 1, line: false, source: true, ...changes };
  const source = values.source ? sql`t.id` : sql`NULL::uuid`;
  const lineOf = values.line ? sql`b.id` : sql`NULL::uuid`;
  const invoiceOf = values.line ? sql`b.invoice_id` : sql`NULL::uuid`;
  return sql`INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
    SELECT t.id, t.account_id, ${invoiceOf}, ${lineOf}, ${values.debit}, ${values.credit}, ${values.amount}::bigint, t.effective_date, ${source}
    FROM transactions t JOIN bill_lines b ON b.invoice_id = t.invoice_id LIMIT 1`;
};

const insert = (currency: string, commandId: string | null, reverses = false): RawBuilder<unknown> => sql`
  INSERT INTO transactions (type_code, kind, account_id, office_id, currency, amount, effective_date, recorded_at, actor, command_id, reverses_id)
  SELECT ${reverses ? 'reversal' : 'payment'}, ${reverses ? 'reversal' : 'payment'}, id, office_id, ${currency}, 0, '2026-01-01', now(), 'x', ${commandId},
         ${reverses ? sql`(SELECT id FROM transactions ORDER BY id LIMIT 1)` : sql`NULL::uuid`} FROM accounts`;

/** A queueing of 1 from Self that brings `to` back. */
const moved = (to: number): RawBuilder<unknown> => sql`
  INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
  SELECT t.id, t.account_id, b.invoice_id, b.id, m.debit, m.credit, m.amount, t.effective_date
  FROM (SELECT * FROM bill_lines ORDER BY id LIMIT 1) b JOIN transactions t ON t.invoice_id = b.invoice_id
  CROSS JOIN (VALUES ('requeued', 'receivable:self', 1), ('receivable:self', 'requeued', ${to}::int)) AS m (debit, credit, amount)`;

describe('the database refuses the service’s own role', () => {
  it.each([
    ['UPDATE postings SET amount = 1'],
    ['DELETE FROM postings'],
    ['UPDATE transactions SET amount = 1'],
    ['DELETE FROM transactions'],
    ['DELETE FROM idempotency_keys'],
    ["UPDATE idempotency_keys SET key = 'another'"],
    ['TRUNCATE postings'],
    ['UPDATE bill_lines SET open_amount = 0'],
    ['UPDATE invoices SET open_amount = 0'],
    ['UPDATE invoices SET total = 0'],
    ['UPDATE accounts SET balance = 0'],
    ['UPDATE accounts SET credit = 100'],
    ['DELETE FROM accounts'],
    ['UPDATE service_lines SET amount = 0'],
    ['UPDATE audit SET actor = NULL'],
    ['DELETE FROM command_answers'],
    ['UPDATE bill_lines SET amount = 1'],
    ['DELETE FROM bill_lines'],
    ["UPDATE transaction_types SET kind = 'payment'"],
    ['DELETE FROM transaction_types'],
    ["UPDATE payers SET type = 'self'"],
    ['UPDATE payer_invoices SET total = 0'],
    ["UPDATE freezes SET prior_status = 'closed'"],
    ['DELETE FROM freezes'],
    ['UPDATE subscriptions SET account_id = NULL'],
    ['INSERT INTO accounts (balance) VALUES (1)'],
    ['INSERT INTO accounts (credit) VALUES (1)'],
    ['INSERT INTO invoices (open_amount) VALUES (1)'],
    ['INSERT INTO bill_lines (open_amount) VALUES (1)'],
    ['ALTER TABLE postings DISABLE TRIGGER ALL'],
    ['DROP TRIGGER postings_move_figures ON postings'],
  ])('%s', async (statement) => {
    expect(await refusal(sql.raw(statement))).toBe(noPrivilege);
  });

  it.each([
    ['a posting against itself', { credit: 'cash', source: false }],
    ['a posting of nothing', { amount: 0 }],
    ['a negative posting', { amount: -5 }],
    ['an invented ledger account', { debit: 'pocket' }],
    ['a receivable without a bill line', { debit: 'receivable:self', credit: 'income', source: false }],
    [
      'more write-off than is open',
      { debit: 'write-off:coupon', credit: 'receivable:self', line: true, source: false, amount: 1_000_000 },
    ],
    [
      'more of a payment allocated than is open',
      { debit: 'account-credit', credit: 'receivable:self', line: true, amount: 1_000_000 },
    ],
    ['half a queueing', { debit: 'requeued', credit: 'receivable:self', line: true, source: false }],
    [
      'a receivable of a payer type that nobody is',
      { debit: 'receivable:bank', credit: 'income', line: true, source: false },
    ],
    ['more owed than was charged', { debit: 'receivable:self', credit: 'income', line: true, source: false }],
    ['more credit spent than there is', { debit: 'account-credit', credit: 'cash' }],
  ])('%s', async (_, changes) => {
    expect(await refusal(posting(changes))).toBe(checkViolation);
  });

  it('a queueing whose two sides differ, and takes one whose sides agree', async () => {
    expect([await refusal(moved(2)), await refusal(moved(1))]).toEqual([checkViolation, 'accepted']);
  });

  it('a transaction in another currency, a command booked twice, and a second reversal', async () => {
    expect(await refusal(insert('EUR', null))).toBe(foreignKeyViolation);
    const command = randomUUID();
    expect([await refusal(insert('USD', command)), await refusal(insert('USD', command))]).toEqual([
      'accepted',
      uniqueViolation,
    ]);
    expect([await refusal(insert('USD', null, true)), await refusal(insert('USD', null, true))]).toEqual([
      'accepted',
      uniqueViolation,
    ]);
  });
});

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

describe('the window sums of a bulk write-off', () => {
  it('allocate as the pure rule does, for any amount', async () => {
    const lines = await openLines(ledger.db(), { accountId: account });
    expect(lines.map(({ number }) => number)).toEqual(['A', 'b', '10', '2', '1']);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1500 }), async (amount) => {
        const staged = await transaction(ledger.db(), async (tx) => {
          for (const statement of chunkTablesSql) await run(tx, statement);
          await run(
            tx,
            sql`INSERT INTO chunk_items (account_id, booked_id, amount, today, status)
                VALUES (${account}, ${randomUUID()}, ${amount}, '2026-11-22', 'done')`,
          );
          await run(tx, stageWrittenOffLinesSql('coupon'));
          return rows<{ id: string; amount: number }>(tx, sql`SELECT bill_line_id AS id, amount FROM chunk_postings`);
        });
        const expected = allocateOldestFirst(amount, lines).parts.map((part) => ({
          id: part.line.billLineId,
          amount: part.amount,
        }));
        expect(staged.toSorted(byId)).toEqual(expected.toSorted(byId));
      }),
      { numRuns: 40 },
    );
  });
});
