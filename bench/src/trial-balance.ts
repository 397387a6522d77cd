import { loadavg } from 'node:os';
import { Client as Api } from '@recoup/e2e/client';
import { seeded } from '@recoup/e2e/fault';
import type { Client } from 'pg';
import type { Bench } from './benches.js';
import { Books, set, sqlFile } from './books.js';
import { inPairs, sayRatio } from './pairs.js';

const ranges = 12;
const daysBack = 690;
const dayMs = 24 * 3600_000;

interface Range {
  readonly from: string;
  readonly to: string;
}

interface Figures {
  readonly opening: number | string;
  readonly movements: Readonly<Record<string, number>> | null;
  readonly closing: number | string;
  readonly credit: number | string;
}

/** What a person sees first of a trial balance: totals by currency, 25 accounts, and how many there are. */
interface Page {
  readonly totals: readonly (Figures & { readonly currency: string })[];
  readonly rows: readonly (Figures & { readonly id: string })[];
  readonly accounts: number;
}

/**
 * B6, the trial balance: totals and first page by account of twelve random ranges; against SQL over a copy of the postings
 * with indexes that cover it. Every figure of each pair is compared.
 */
export const trialBalance: Bench = (options) =>
  Books.with(options, async (books) => {
    const sql = await books.connect('ledger');
    await sql.query('DROP SCHEMA IF EXISTS bench CASCADE');
    for (const statement of sqlFile('trial-balance-copy').split(';\n')) await sql.query(statement);
    await sql.query(`SET work_mem = '128MB'`);
    await sql.query('CHECKPOINT');
    const api = await Api.as(books.system, 'supervisor');
    const asked = randomRanges(books.day, seeded(options.seed));
    const range = (each: number): Range => asked[each % asked.length] ?? { from: books.day, to: books.day };
    const halves: { ours?: Page; theirs?: Page } = {};
    let compared = 0;
    const compare = (): void => {
      if (!halves.ours || !halves.theirs) return;
      requireEqual(halves.ours, halves.theirs);
      compared += 1;
      delete halves.ours;
    };
    const result = await inPairs(
      ranges,
      async (each) => {
        const since = performance.now();
        halves.ours = await throughTheApi(api, range(each));
        const seconds = (performance.now() - since) / 1000;
        if (each % 2 === 1) compare();
        return seconds;
      },
      async (each) => {
        await set(sql, { from: range(each).from, day: range(each).to });
        const since = performance.now();
        halves.theirs = await bySql(sql);
        const seconds = (performance.now() - since) / 1000;
        if (each % 2 === 0) compare();
        return seconds;
      },
    );
    console.log(asked.map(({ from, to }) => `${from}–${to}`).join(' '));
    console.log(`figures compared ${compared} times: equal to the cent; load ${loadavg()[0]?.toFixed(1)}`);
    await sql.query('DROP SCHEMA bench CASCADE');
    await books.verify();
    sayRatio(result);
  });

async function throughTheApi(api: Api, range: Range): Promise<Page> {
  const filter = encodeURIComponent(JSON.stringify(range));
  const totals = await api.request<Page['totals']>('ledger', 'GET', `trial-balance/totals?filter=${filter}`);
  const page = await api.request<Page['rows']>('ledger', 'GET', `trial-balance?filter=${filter}&range=[0,24]`);
  if (totals.status !== 200 || page.status !== 200)
    throw new Error(`The trial balance answered ${totals.status}, ${page.status}`);
  const accounts = Number(page.headers.get('content-range')?.split('/')[1]);
  return { totals: totals.body, rows: page.body, accounts };
}

async function bySql(sql: Client): Promise<Page> {
  const [sums = '', first = '', count = ''] = sqlFile('trial-balance').split(/;\n/);
  const totals = await sql.query<Page['totals'][number]>(sums);
  const page = await sql.query<Page['rows'][number]>(first);
  const counted = await sql.query<{ accounts: number }>(count);
  return { totals: totals.rows, rows: page.rows, accounts: counted.rows[0]?.accounts ?? 0 };
}

function requireEqual(ours: Page, theirs: Page): void {
  const [a, b] = [figures(ours), figures(theirs)];
  if (a !== b || ours.rows.length === 0) throw new Error(`Totals or page differ:\n${a}\n${b}`);
}

/** The figures as text. */
function figures({ totals, rows, accounts }: Page): string {
  return JSON.stringify([
    totals.map((each) => [each.currency, ...figuresOf(each)]),
    rows.map((each) => [each.id, ...figuresOf(each)]),
    accounts,
  ]);
}

/** Columns under which nothing moved are left out, for ours has every column. */
function figuresOf({ opening, movements, closing, credit }: Figures): unknown[] {
  const moved = Object.entries(movements ?? {}).filter(([, amount]) => amount !== 0);
  return [Number(opening), moved.toSorted(([one], [other]) => (one < other ? -1 : 1)), Number(closing), Number(credit)];
}

function randomRanges(last: string, random: () => number): Range[] {
  const day = (): string =>
    new Date(Date.parse(last) - Math.floor(random() * daysBack) * dayMs).toISOString().slice(0, 10);
  return Array.from({ length: ranges }, () => {
    const [from = last, to = last] = [day(), day()].toSorted();
    return { from, to };
  });
}
