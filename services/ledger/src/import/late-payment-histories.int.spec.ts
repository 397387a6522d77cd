import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { formatAmount } from '@recoup/contracts';
import { refusedEvents, testLedger, type TestLedger } from '../testing/test-ledger.js';

const data = (name: string): string =>
  readFileSync(new URL(`../../../../tools/demo-data/${name}.csv`, import.meta.url), 'utf8');

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger();
});
afterAll(() => ledger.stop());

const figures = () =>
  rows(
    ledger.db(),
    sql`SELECT (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM invoices) AS invoices,
               (SELECT count(*) FROM transactions WHERE kind = 'payment') AS payments, (SELECT count(*) FROM disputes) AS disputes,
               (SELECT sum(balance)::bigint FROM accounts) AS balance, (SELECT sum(credit)::bigint FROM accounts) AS credit,
               (SELECT count(*) FROM outbox WHERE topic LIKE '%.contacts' OR key IN (SELECT id::text FROM accounts UNION SELECT id::text FROM offices)) AS events, (SELECT count(*) FROM import_rows) AS staged`,
  );

describe('the import of IBM’s late payment histories', () => {
  it('books every invoice with its payment', async () => {
    const done = await ledger.importFile(data('late-payment-histories'), 'late-payment-histories');
    expect(done.status).toBe('completed');
    expect(done.counts).toEqual({ rows: 2466, booked: 2466, known: 0, refused: 0, warnings: 0 });
    const events = 5 + 100 + 100 + 2466 * 2 + 561;
    expect(await figures()).toEqual([
      { accounts: 100, invoices: 2466, payments: 2466, disputes: 561, balance: 0, credit: 0, events, staged: 0 },
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('changes nothing when the same file comes again', async () => {
    const before = await figures();
    const done = await ledger.importFile(data('late-payment-histories'), 'late-payment-histories');
    expect(done.counts).toEqual({ rows: 2466, booked: 0, known: 2466, refused: 0, warnings: 0 });
    expect(await figures()).toEqual(before);
  });

  it('gives, as of each of the three dates, the balances that a correct report shows', async () => {
    const [header = '', ...lines] = data('late-payment-histories.expected').trim().split(/\r?\n/);
    for (const asOf of ['2013-03-31', '2013-06-30', '2013-09-30'].filter((date) =>
      lines.some((l) => l.startsWith(date)),
    )) {
      const expected = lines.filter((line) => line.startsWith(asOf));
      expect(await reportAsOf(asOf, header)).toEqual(expected);
    }
    expect(new Set(lines.map((line) => line.slice(0, 10))).size).toBe(3);
  });

  it('publishes events that the catalog accepts', async () => {
    expect(await refusedEvents(ledger.db())).toEqual([]);
  });
});

/** The rows of the expected file, worked out from postings up to the date. */
async function reportAsOf(asOf: string, header: string): Promise<string[]> {
  expect(header).toBe(
    'asOf,customerID,balance,openInvoices,daysPastDue,current,days1to30,days31to60,days61to90,days91to120,daysOver120',
  );
  const found = await rows<{ number: string; figures: number[]; open: number; late: number }>(
    ledger.db(),
    sql`SELECT number, count(*) AS open, greatest(max(late), 0) AS late,
               json_build_array(sum(amount), sum(amount) FILTER (WHERE late <= 0), sum(amount) FILTER (WHERE late BETWEEN 1 AND 30),
                 sum(amount) FILTER (WHERE late BETWEEN 31 AND 60), sum(amount) FILTER (WHERE late BETWEEN 61 AND 90),
                 sum(amount) FILTER (WHERE late BETWEEN 91 AND 120), sum(amount) FILTER (WHERE late > 120)) AS figures
        FROM (SELECT a.number, i.id, (${asOf}::date - i.due_date)::int AS late,
                     sum(CASE WHEN p.debit = 'receivable:self' THEN p.amount ELSE -p.amount END)::bigint AS amount
              FROM accounts a JOIN invoices i ON i.account_id = a.id
              JOIN postings p ON p.invoice_id = i.id AND p.effective_date <= ${asOf}::date
              GROUP BY a.number, i.id, i.due_date) open_invoices
        WHERE amount > 0 GROUP BY number ORDER BY number`,
  );
  return found.map(({ number, figures: amounts, open, late }) => {
    const [balance = 0, ...buckets] = amounts.map((amount) => formatAmount(Number(amount ?? 0), 'USD'));
    return [asOf, number, balance, open, late, ...buckets].join(',');
  });
}
