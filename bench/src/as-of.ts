import { loadavg } from 'node:os';
import { Client as Api } from '@recoup/e2e/client';
import { seeded } from '@recoup/e2e/fault';
import type { Client } from 'pg';
import type { Bench } from './benches.js';
import { Books, set, sqlFile } from './books.js';
import { inPairs, sayRatio } from './pairs.js';

const dates = 12;
const daysBack = 690;
const dayMs = 24 * 3600_000;
const bucketNames = ['current', 'days1to30', 'days31to60', 'days61to90', 'days91to120', 'daysOver120'] as const;

interface Page {
  readonly version: number;
  readonly totals: readonly Totals[];
  readonly rows: readonly { readonly id: string; readonly balance: number }[];
}

interface Totals {
  readonly currency: string;
  readonly accounts: number;
  readonly balance: number;
  readonly credit: number;
  readonly aging: Record<string, number>;
}

/**
 * B6, the report: totals and first page as of twelve random days, each never asked for before, so that its snapshot is
 * built; against SQL over a copy of the movements with a covering index that makes the same rows for every account, then
 * reads the same totals and page. After each pair every figure of every account is compared.
 */
export const asOf: Bench = (options) =>
  Books.with(options, async (books) => {
    const sql = await books.connect('collections');
    await sql.query('DROP SCHEMA IF EXISTS bench CASCADE');
    await sql.query('DELETE FROM snapshots_alive');
    for (const statement of sqlFile('as-of-copy').split(';\n')) await sql.query(statement);
    await sql.query(`SET work_mem = '128MB'`);
    await sql.query('CHECKPOINT');
    const days = randomDays(books.day, seeded(options.seed));
    const halves: { ours?: Page; theirs?: Page } = {};
    let compared = 0;
    const compare = async (): Promise<void> => {
      if (!halves.ours || !halves.theirs) return;
      await requireEqual(sql, halves.ours, halves.theirs);
      compared += 1;
      delete halves.ours;
    };
    const day = (each: number): string => days[each % days.length] ?? books.day;
    const result = await inPairs(
      dates,
      async (each) => {
        const api = await Api.as(books.system, 'supervisor');
        const since = performance.now();
        halves.ours = await throughTheApi(api, day(each));
        const seconds = (performance.now() - since) / 1000;
        if (each % 2 === 1) await compare();
        return seconds;
      },
      async (each) => {
        await sql.query('DROP TABLE IF EXISTS bench.report');
        await set(sql, { day: day(each) });
        const since = performance.now();
        halves.theirs = await bySql(sql);
        const seconds = (performance.now() - since) / 1000;
        if (each % 2 === 0) await compare();
        return seconds;
      },
    );
    console.log(`${days.join(' ')}`);
    console.log(
      `figures of all accounts compared ${compared} times: equal to the cent; load ${loadavg()[0]?.toFixed(1)}`,
    );
    await sql.query('DROP SCHEMA bench CASCADE');
    await books.verify();
    sayRatio(result);
  });

async function throughTheApi(api: Api, asOfDay: string): Promise<Page> {
  const filter = JSON.stringify({ asOf: asOfDay });
  const totals = await api.request<Totals[]>(
    'collections',
    'GET',
    `report/totals?filter=${encodeURIComponent(filter)}`,
  );
  const page = await api.request<Page['rows']>(
    'collections',
    'GET',
    `report?filter=${encodeURIComponent(filter)}&range=[0,24]`,
  );
  if (totals.status !== 200 || page.status !== 200)
    throw new Error(`The report answered ${totals.status}, ${page.status}`);
  return { version: Number(page.headers.get('recoup-report-version')), totals: totals.body, rows: page.body };
}

async function bySql(sql: Client): Promise<Page> {
  await sql.query(sqlFile('as-of'));
  const [sums = '', first = ''] = sqlFile('as-of-read').split(/;\n/);
  const totals = await sql.query<Record<string, string>>(sums);
  const page = await sql.query<{ id: string; balance: string }>(first);
  return {
    version: 0,
    totals: totals.rows.map((each) => ({
      currency: each['currency'] ?? '',
      accounts: Number(each['accounts']),
      balance: Number(each['balance']),
      credit: Number(each['credit']),
      aging: Object.fromEntries(bucketNames.map((name) => [name, Number(each[name])])),
    })),
    rows: page.rows.map(({ id, balance }) => ({ id, balance: Number(balance) })),
  };
}

/** Every account's row is the same, and so are totals and page. */
async function requireEqual(sql: Client, ours: Page, theirs: Page): Promise<void> {
  const found = await sql.query<{ id: number }>('SELECT id FROM report_snapshots WHERE version = $1', [ours.version]);
  const kept = `SELECT * FROM snapshots.report_${found.rows[0]?.id}`;
  const { rows } = await sql.query<{ differing: number; accounts: number }>(
    `SELECT (SELECT count(*)::int FROM bench.report) AS accounts,
            (SELECT count(*)::int FROM ((${kept} EXCEPT ALL SELECT * FROM bench.report) UNION ALL (SELECT * FROM bench.report EXCEPT ALL ${kept})) d) AS differing`,
  );
  if (rows[0]?.differing !== 0 || rows[0].accounts === 0)
    throw new Error(`${rows[0]?.differing} of ${rows[0]?.accounts} rows differ`);
  const figures = ({ totals, rows: page }: Page): string =>
    JSON.stringify([
      totals.map(({ currency, accounts, balance, credit, aging }) => [
        currency,
        accounts,
        balance,
        credit,
        bucketNames.map((name) => aging[name]),
      ]),
      page.map(({ id, balance }) => [id, balance]),
    ]);
  if (figures(ours) !== figures(theirs))
    throw new Error(`Totals or page differ:\n${figures(ours)}\n${figures(theirs)}`);
}

function randomDays(last: string, random: () => number): string[] {
  const found = new Set<string>();
  while (found.size < dates)
    found.add(new Date(Date.parse(last) - Math.floor(random() * daysBack) * dayMs).toISOString().slice(0, 10));
  return [...found];
}
