import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql, type Db } from '@recoup/service-kit';
import { randomOf } from '@recoup/service-kit/testing/random';
import { transactionKinds } from '../postings/posting-rules.js';
import { agencies } from '../testing/bulk-chunks.js';
import {
  foldLedger,
  foldOutstanding,
  foldTrialBalance,
  readPostings,
  type BookedPosting,
  type FoldedRow,
} from '../testing/fold-books.js';
import { RandomBooks } from '../testing/random-books.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';
import { figureSql } from './account-rows.sql.js';
import { agencyOutstandingPage, agencyOutstandingTotals } from './agency-outstanding.js';
import { agencyOutstandingList, type AgencyOutstandingRow } from './agency-outstanding-list.js';
import { glPage, glTotals, glTrialBalanceList } from './gl-trial-balance.js';
import { busyAccountsSql } from './idle-accounts.sql.js';
import { KeepDaybook } from './keep-daybook.js';
import { ReadTrialBalance } from './read-trial-balance.js';
import {
  trialBalanceKeys,
  trialBalanceList,
  type TrialBalanceQuery,
  type TrialBalanceRow,
  type TrialBalanceTotals,
} from './trial-balance-list.js';

const offices = [
  { code: 'EAST', currency: 'USD' },
  { code: 'WEST', currency: 'USD' },
  { code: 'ROME', currency: 'EUR' },
];
const steps = 400;
const ranges = 8;

const inLists = { range: '[0,999]' };

describe.each([20261122, 7])('Reports on random books (seed %i)', (seed) => {
  let ledger: TestLedger;
  let books: RandomBooks;
  let postings: BookedPosting[];
  let trialBalance: ReadTrialBalance;
  const db = (): Db => ledger.db();

  beforeAll(async () => {
    ledger = await testLedger('2026-07-01T12:00:00.000Z');
    trialBalance = new ReadTrialBalance(ledger.orm, ledger.clock);
    await agencies(ledger);
    books = await RandomBooks.open(ledger, randomOf(seed), offices, 3);
    for (let each = 0; each < steps; each += 1) {
      await books.step();
      if (each === steps / 2) await new KeepDaybook(ledger.orm).sumUp();
    }
    postings = await readPostings(db());
  }, 180_000);
  afterAll(() => ledger.stop());

  it('hold every kind of history, and every invariant', async () => {
    const kinds = await rows<{ kind: string }>(db(), sql`SELECT DISTINCT kind FROM transactions ORDER BY kind`);
    expect(kinds.map(({ kind }) => kind)).toEqual([...transactionKinds].toSorted());
    expect(await refusedEvents(db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('have the trial balance that adding up every posting gives, by account, payer and office', async () => {
    for (const { from, to } of randomRanges()) {
      const byAccount = figuresBy(await page({ from, to, idleAccounts: true }), (each) => each.id);
      expect(byAccount).toEqual(everyAccount(foldTrialBalance(postings, 'account', from, to)));
      const byPayer = figuresBy(await page({ from, to, by: 'payer' }), (each) => each.id);
      expect(byPayer).toEqual(shown(foldTrialBalance(postings, 'payer', from, to)));
      const byOffice = figuresBy(await page({ from, to, by: 'office' }), (each) => each.code);
      expect({
        ...nothing(offices.map(({ code }) => code)),
        ...shown(foldTrialBalance(postings, 'office', from, to)),
      }).toEqual(byOffice);
    }
  });

  it('leave out the accounts of which nothing stood and nothing moved, reached by either way, page after page', async () => {
    for (const { from, to } of [...randomRanges(), { from: undefined, to: books.day() }]) {
      const all = await page({ ...(from ? { from } : {}), to, idleAccounts: true });
      const moved = new Set(
        postings
          .filter(({ debit, credit }) => [debit, credit].includes('receivable:self'))
          .filter(({ effectiveDate }) => effectiveDate <= to && effectiveDate >= (from ?? ''))
          .map(({ accountId }) => accountId),
      );
      const busy = all.filter(({ id, opening, credit }) => moved.has(id) || opening !== 0 || credit !== 0);
      const filter = { ...(from ? { from } : {}), to };
      const query = asked(filter);
      expect((await page(filter)).map(({ id }) => id)).toEqual(busy.map(({ id }) => id));
      expect((await page(filter, ['closing', 'DESC'])).map(({ id }) => id).toSorted()).toEqual(
        busy.map(({ id }) => id).toSorted(),
      );
      const half = trialBalanceList.parse({ filter: JSON.stringify(filter), range: '[0,1]' });
      const first = await trialBalance.page(half, supervisor);
      expect([first.total, first.rows.length]).toEqual([busy.length, Math.min(2, busy.length)]);
      const beyond = trialBalanceList.parse({ filter: JSON.stringify(filter), range: '[900,901]' });
      expect(await trialBalance.page(beyond, supervisor)).toEqual({ rows: [], total: busy.length });
      expect(await trialBalance.count(await trialBalance.open(query, supervisor), query, supervisor)).toBe(busy.length);
      for (const way of from === undefined ? (['forth'] as const) : (['back', 'forth'] as const)) {
        const { join, condition } = busyAccountsSql({ from, to }, way);
        const reached = await rows<{ id: string }>(db(), sql`SELECT a.id FROM accounts a ${join} WHERE ${condition}`);
        expect(new Set(reached.map(({ id }) => id))).toEqual(new Set(busy.map(({ id }) => id)));
      }
    }
  });

  it('have totals that are the sums of their rows, whatever the rows are of', async () => {
    for (const { from, to } of randomRanges())
      for (const [by, folded] of [
        ['account', 'currency'],
        ['office', 'currency'],
        ['payer', 'payer currency'],
      ] as const) {
        const totals = await trialBalance.totals(asked({ from, to, by }), supervisor);
        expect(figuresBy(totals, (each) => each.currency)).toEqual(shown(foldTrialBalance(postings, folded, from, to)));
        for (const { opening, movements, closing } of totals)
          expect(opening + Object.values(movements).reduce((sum, each) => sum + each, 0)).toBe(closing);
        const some = { from, to, by, q: by === 'account' ? 'name 2' : 's' };
        expect(sums(await trialBalance.totals(asked(some), supervisor))).toEqual(
          sums(await page({ ...some, idleAccounts: true })),
        );
      }
  });

  it('close a range with what the next one opens with', async () => {
    const [first, second] = ['2026-09-14', '2026-09-15'];
    for (const by of trialBalanceKeys) {
      const before = await page({ to: first, by, idleAccounts: true });
      const after = await page({ from: second, by, idleAccounts: true });
      const opened = new Map(after.map(({ id, opening }) => [id, opening]));
      for (const { id, closing } of before) expect({ id, balance: opened.get(id) }).toEqual({ id, balance: closing });
    }
  });

  it('sort accounts by a figure of any day, reached by either way', async () => {
    for (const { from, to } of randomRanges())
      for (const name of ['opening', 'closing', 'credit'] as const)
        for (const direction of ['ASC', 'DESC']) {
          const found = await page({ from, to, idleAccounts: true }, [name, direction]);
          const sign = direction === 'ASC' ? 1 : -1;
          const sorted = found.toSorted(
            (a, b) => order(a.currency, b.currency) || sign * (a[name] - b[name] || order(a.id, b.id)),
          );
          expect(found.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
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
    const query = glTrialBalanceList.parse(inLists);
    for (const range of randomRanges()) {
      const { rows: found } = await glPage(db(), query, range, supervisor);
      const figures = found.map((each) => [each.id, [each.opening, each.debits, each.credits, each.closing]] as const);
      expect(new Map(figures)).toEqual(foldLedger(postings, range.from, range.to));
      for (const total of await glTotals(db(), query, range, supervisor))
        expect(total).toMatchObject({ opening: 0, closing: 0, credits: total.debits });
    }
  });

  it('tell what the agency holds of each invoice, and what all of it is', async () => {
    for (const { to } of randomRanges()) {
      const byKey = await outstanding(to, ['payerCode', 'ASC']);
      const figures = byKey.map(({ id, referred, collected, recalled, outstanding: left }) => {
        expect(referred - collected - recalled).toBe(left);
        return [id, [referred, collected, recalled, left]] as const;
      });
      expect(new Map(figures)).toEqual(foldOutstanding(postings, 'SPRNT', to));
      const sorted = await outstanding(to, ['outstanding', 'DESC']);
      expect(sorted.map(({ id }) => id).toSorted()).toEqual(byKey.map(({ id }) => id).toSorted());
      const largestFirst = byKey.toSorted((a, b) => order(a.currency, b.currency) || b.outstanding - a.outstanding);
      expect(sorted.map((each) => each.outstanding)).toEqual(largestFirst.map((each) => each.outstanding));
      const totals = await agencyOutstandingTotals(db(), agencyOutstandingList.parse({}), to, supervisor);
      expect(collectedIn(totals)).toBe(collectedIn(byKey));
    }
  });

  async function page(filter: object, sort?: readonly string[]): Promise<TrialBalanceRow[]> {
    return (await trialBalance.page(asked(filter, sort), supervisor)).rows;
  }

  async function outstanding(asOf: string, sort: readonly string[]): Promise<AgencyOutstandingRow[]> {
    const query = agencyOutstandingList.parse({ ...inLists, sort: JSON.stringify(sort) });
    return (await agencyOutstandingPage(db(), query, asOf, supervisor)).rows;
  }

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

function order(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** Rows by key without the columns under which nothing moved, as a fold has them. */
function figuresBy<T extends FoldedRow>(found: readonly T[], key: (row: T) => string): Record<string, FoldedRow> {
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
function sums(found: readonly TrialBalanceTotals[]): Record<string, number[]> {
  const summed: Record<string, number[]> = {};
  for (const { currency, closing, credit } of found) {
    const [balance = 0, credits = 0] = summed[currency] ?? [];
    summed[currency] = [balance + closing, credits + credit];
  }
  return summed;
}

function asked(filter: object, sort?: readonly string[]): TrialBalanceQuery {
  const sorted = sort ? { sort: JSON.stringify(sort) } : {};
  return trialBalanceList.parse({ ...inLists, ...sorted, filter: JSON.stringify(filter) });
}

function collectedIn(found: readonly { readonly collected: number }[]): number {
  return found.reduce((all, { collected }) => all + collected, 0);
}
