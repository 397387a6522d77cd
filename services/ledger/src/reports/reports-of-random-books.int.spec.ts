import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import {
  foldLedger,
  foldOutstanding,
  foldTrialBalance,
  readPostings,
  type BookedPosting,
  type FoldedRow,
} from '../testing/fold-books.js';
import { day, ledgerOverHttp, type LedgerOverHttp } from '../testing/ledger-over-http.js';
import { randomOf } from '@recoup/service-kit/testing/random';
import { RandomBooks } from '../testing/random-books.js';
import { figureSql } from './account-rows.sql.js';
import { KeepDaybook } from './keep-daybook.js';
import type { TrialBalanceRow } from './trial-balance-list.js';

const offices = [
  { code: 'EAST', currency: 'USD' },
  { code: 'WEST', currency: 'USD' },
  { code: 'ROME', currency: 'EUR' },
];
const steps = 120;
const ranges = 6;

let ledger: LedgerOverHttp;
const db = (): Db => ledger.db();

beforeAll(async () => {
  ledger = await ledgerOverHttp();
  const admin = ledger.as(await ledger.service.bearer({ role: 'administrator', user: 'ada' }));
  for (const office of offices) await admin.post('offices', { ...office, name: office.code, timeZone: 'UTC' });
  await run(db(), sql`INSERT INTO payers (code, name, type) VALUES ('SPRNT', 'Sprint', 'generic')`);
  await run(
    db(),
    sql`INSERT INTO transaction_types (code, name, plural, kind, custom_number) VALUES ('custom-write-off-1', 'Agency', 'Agencies', 'write-off', 1)
        ON CONFLICT (code) DO NOTHING`,
  );
});
afterAll(() => ledger.stop());

describe('Reports on random books', () => {
  let books: RandomBooks;
  let postings: BookedPosting[];
  beforeAll(async () => {
    books = await RandomBooks.open(ledger, randomOf(20261122), offices, 3);
    for (let each = 0; each < steps; each += 1) {
      await books.step();
      if (each === steps / 2) await ledger.service.app.get(KeepDaybook).sumUp();
    }
    postings = await readPostings(db());
  }, 180_000);

  it('hold every kind of history, and every invariant', async () => {
    const kinds = await rows<{ kind: string }>(db(), sql`SELECT DISTINCT kind FROM transactions ORDER BY kind`);
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['invoice', 'payment', 'write-off', 'referral', 'recall', 'returned-payment', 'reversal']),
    );
    expect(postings.some(({ effectiveDate }) => effectiveDate < day(ledger.service))).toBe(true);
    expect(await ledger.violations()).toEqual([]);
  });

  it('have the trial balance that adding up every posting gives, by account, payer and office', async () => {
    for (const { from, to } of randomRanges()) {
      const byAccount = figuresBy(await get('trial-balance', { from, to }), (each) => each.id);
      expect(byAccount).toEqual(everyAccount(foldTrialBalance(postings, 'account', from, to)));
      const byPayer = figuresBy(
        await get('trial-balance', { from, to, by: 'payer' }, ['code', 'ASC']),
        (each) => each.id,
      );
      expect(byPayer).toEqual(shown(foldTrialBalance(postings, 'payer', from, to)));
      const byOffice = figuresBy(await get('trial-balance', { from, to, by: 'office' }), (each) => each.code);
      expect({
        ...nothing(offices.map(({ code }) => code)),
        ...shown(foldTrialBalance(postings, 'office', from, to)),
      }).toEqual(byOffice);
    }
  });

  it('have totals that are the sums of their rows, whatever the rows are of', async () => {
    for (const { from, to } of randomRanges())
      for (const [by, folded] of [
        ['account', 'currency'],
        ['office', 'currency'],
        ['payer', 'payer currency'],
      ] as const) {
        const totals: TrialBalanceRow[] = await get('trial-balance/totals', { from, to, by });
        expect(figuresBy(totals, (each) => each.currency)).toEqual(shown(foldTrialBalance(postings, folded, from, to)));
        for (const { opening, movements, closing } of totals)
          expect(opening + Object.values(movements).reduce((sum, each) => sum + each, 0)).toBe(closing);
        const found = await get('trial-balance/totals', { from, to, by, q: by === 'account' ? 'name' : 's' });
        const matching = await get('trial-balance', { from, to, by, q: by === 'account' ? 'name' : 's' });
        expect(sums(found)).toEqual(sums(matching));
      }
  });

  it('close a range with what the next one opens with', async () => {
    const [first, second] = [day(ledger.service, -50), day(ledger.service, -49)];
    for (const by of ['account', 'payer', 'office']) {
      const before: TrialBalanceRow[] = await get('trial-balance', { to: first, by });
      const after: TrialBalanceRow[] = await get('trial-balance', { from: second, by });
      const opened = new Map(after.map(({ id, opening }) => [id, opening]));
      for (const { id, closing } of before) expect({ id, balance: opened.get(id) }).toEqual({ id, balance: closing });
    }
  });

  it('sort accounts by a figure of any day, reached by either way', async () => {
    for (const { from, to } of randomRanges())
      for (const name of ['opening', 'closing', 'credit'] as const)
        for (const direction of ['ASC', 'DESC']) {
          const found: TrialBalanceRow[] = await get('trial-balance', { from, to }, [name, direction]);
          const sorted = found.toSorted((a, b) => a[name] - b[name] || (a.id < b.id ? -1 : 1));
          expect(found.map(({ id }) => id)).toEqual(
            (direction === 'ASC' ? sorted : sorted.toReversed()).map(({ id }) => id),
          );
          const until =
            name === 'opening' ? sql`p.effective_date < ${from}::date` : sql`p.effective_date <= ${to}::date`;
          const expected = new Map(found.map((each) => [each.id, each[name]]));
          for (const way of ['back', 'forth'] as const) {
            const { columns, join } = figureSql(name, until, way);
            const reached = await rows<{ id: string } & Record<string, number>>(
              db(),
              sql`SELECT a.id ${columns} FROM accounts a ${join}`,
            );
            expect(new Map(reached.map((each) => [each.id, each[name]]))).toEqual(expected);
          }
        }
  });

  it('have a general ledger whose debits equal its credits', async () => {
    for (const { from, to } of randomRanges()) {
      const found: Record<string, never>[] = await get('gl-trial-balance', { from, to });
      const figures = new Map(
        found.map((each) => [each['id'], [each['opening'], each['debits'], each['credits'], each['closing']]]),
      );
      expect(figures).toEqual(foldLedger(postings, from, to));
      for (const total of await get('gl-trial-balance/totals', { from, to }))
        expect(total).toMatchObject({ opening: 0, closing: 0, credits: total.debits });
    }
  });

  it('tell what the agency holds of each invoice', async () => {
    for (const { to: asOf } of randomRanges()) {
      const found: Record<string, never>[] = await get('agency-outstanding', { asOf, payerCode: 'SPRNT' });
      const figures = new Map(
        found.map((each) => [each['id'], [each['referred'], each['collected'], each['recalled'], each['outstanding']]]),
      );
      const folded = foldOutstanding(postings, 'SPRNT', asOf);
      for (const [id, own] of figures) expect({ id, own }).toEqual({ id, own: folded.get(`${id}`) ?? [0, 0, 0, 0] });
      for (const id of folded.keys()) expect(figures.has(id as never)).toBe(true);
      for (const [referred = 0, collected = 0, recalled = 0, outstanding = 0] of figures.values())
        expect(referred - collected - recalled).toBe(outstanding);
      expect(await get('agency-outstanding', { asOf }, ['outstanding', 'DESC'])).toHaveLength(found.length);
    }
  });

  function randomRanges(): { from: string; to: string }[] {
    return Array.from({ length: ranges }, () => {
      const [from = '', to = ''] = [books.day(), books.day()].toSorted();
      return { from, to };
    });
  }

  function everyAccount(folded: Map<string, FoldedRow>): Record<string, FoldedRow> {
    return { ...nothing(books.accounts.map(({ id }) => id)), ...shown(folded) };
  }
});

/** Rows by key without the columns under which nothing moved, as a fold has them. */
function figuresBy(
  found: readonly TrialBalanceRow[],
  key: (row: TrialBalanceRow) => string,
): Record<string, FoldedRow> {
  return shown(new Map(found.map((each) => [key(each), { ...each }])));
}

function shown(folded: Map<string, FoldedRow>): Record<string, FoldedRow> {
  return Object.fromEntries(
    [...folded].map(([key, { opening, closing, credit, movements }]) => [
      key,
      {
        opening,
        closing,
        credit,
        movements: Object.fromEntries(Object.entries(movements).filter(([, moved]) => moved !== 0)),
      },
    ]),
  );
}

function nothing(keys: readonly string[]): Record<string, FoldedRow> {
  return Object.fromEntries(keys.map((key) => [key, { opening: 0, closing: 0, credit: 0, movements: {} }]));
}

/** Closing balance and credit by currency. */
function sums(found: readonly TrialBalanceRow[]): Record<string, number[]> {
  const summed: Record<string, number[]> = {};
  for (const { currency, closing, credit } of found) {
    const [balance = 0, credits = 0] = summed[currency] ?? [];
    summed[currency] = [balance + closing, credits + credit];
  }
  return summed;
}

async function get(path: string, filter: object, sort?: readonly string[]) {
  const query = { filter: JSON.stringify(filter), range: '[0,999]', ...(sort ? { sort: JSON.stringify(sort) } : {}) };
  return (await ledger.get(path, 200, query)).body;
}
