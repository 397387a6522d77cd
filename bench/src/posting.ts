import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { seeded } from '@recoup/e2e/fault';
import { databaseOf } from '@recoup/tools/databases';
import { password } from '@recoup/tools/secrets';
import type { Client } from 'pg';
import type { Bench, BenchOptions } from './benches.js';
import { Books } from './books.js';
import { drained, until } from './bulk-runs.js';
import { caughtUp } from './caught-up.js';
import { inPairs, sayRatio, summarize } from './pairs.js';
import { findPgbench, runPgbench } from './pgbench.js';
import { asTheyArrive, oneAfterTheOther, quantile, type WriteOffs } from './write-offs-over-http.js';

const clients = 8;
const manyAccounts = 1_000;
const hotAccounts = 10;
/** So much is open of every first invoice that no number of write-offs of 1 minor unit ends it. */
const leastTotal = 100_000_000;

/** Waits until nothing that earlier legs left is still being worked on, and clears away what they superseded. */
type Settle = () => Promise<void>;

/**
 * B3: write-offs of 1 minor unit over HTTP by 8 clients, of invoices of 1,000 accounts at random; against pgbench with the
 * same statements. Then their latency when they arrive at half the rate that was reached, and the same on 10 accounts
 * against 1,000. All services are up; what both legs write is published and projected.
 */
export const posting: Bench = async (options) => {
  const pgbench = findPgbench();
  const size = { ...options, accounts: Math.max(options.accounts ?? 0, manyAccounts), leastTotal };
  await Books.with(size, async (books) => {
    const ledger = await books.connect('ledger');
    const settle = await settling(books, ledger, options);
    const count = Math.ceil(options.writeOffs / clients) * clients;
    const rates: Record<string, number[]> = {};
    const leg = async (name: string, run: () => Promise<number>): Promise<number> => {
      await settle();
      const before = await leftBehind(ledger);
      const took = await run();
      requireAll(count, before, await leftBehind(ledger));
      (rates[name] ??= []).push(count / took);
      console.log(`  ${name} ${(count / took).toFixed(0)} a second, load ${loadavg()[0]?.toFixed(1)}`);
      return took;
    };
    const overHttp = async (name: string, accounts: number): Promise<number> => {
      const writeOffs = await writeOffsOf(books, ledger, accounts, seeded(options.seed));
      return leg(name, () => oneAfterTheOther(writeOffs, clients, count));
    };
    const ours = (): Promise<number> => overHttp('ours', manyAccounts);
    const pair = (): Promise<number> => leg('pgbench', () => bySql(pgbench, books, count));
    await ours();
    rates['ours'] = [];
    const result = await inPairs(options.pairs, ours, pair);
    const reached = summarize(rates['ours']).median;
    await settle();
    const arriving = await writeOffsOf(books, ledger, manyAccounts, seeded(options.seed));
    const waited = await asTheyArrive(arriving, clients, count, reached / 2);
    const hot = await inPairs(
      options.pairs,
      () => overHttp('hot', hotAccounts),
      () => overHttp('many', manyAccounts),
      { ours: `${hotAccounts} accounts`, pair: `${manyAccounts} accounts` },
    );
    await settle();
    await books.verify();
    const pairReached = summarize(rates['pgbench'] ?? []).median;
    console.log(`write-offs a second: ours ${reached.toFixed(0)}, pgbench ${pairReached.toFixed(0)}`);
    console.log(
      `at half of that, ${(reached / 2).toFixed(0)} a second: p50 ${quantile(waited, 0.5).toFixed(1)} ms, p99 ${quantile(waited, 0.99).toFixed(1)} ms`,
    );
    sayRatio(hot, 'hot-account ');
    sayRatio(result);
  });
};

/** The first invoices of the first accounts of the books, and who writes them off. */
async function writeOffsOf(books: Books, ledger: Client, accounts: number, random: () => number): Promise<WriteOffs> {
  const { rows } = await ledger.query<{ id: string }>(
    `SELECT i.id FROM accounts a JOIN invoices i ON i.account_id = a.id AND i.number = 'I-' || substr(a.number, 3)::int * 16
     WHERE substr(a.number, 3)::int <= $1 ORDER BY a.id`,
    [accounts],
  );
  const bearer = await books.system.token('supervisor');
  return { url: `${books.system.api('ledger')}/write-offs`, bearer, invoiceIds: rows.map(({ id }) => id), random };
}

/** As the ledger's own role, for which the same triggers and grants hold. */
function bySql(pgbench: string, { system }: Books, count: number): Promise<number> {
  const database = databaseOf('ledger');
  const server = { port: system.ports.postgres, user: database, password: password(system.home, database), database };
  const file = fileURLToPath(new URL('../src/sql/posting.sql', import.meta.url));
  const variables = { accounts: manyAccounts };
  return runPgbench(pgbench, server, { file, clients, transactionsEach: count / clients, variables });
}

async function settling(books: Books, ledger: Client, { services }: BenchOptions): Promise<Settle> {
  const followers = await Promise.all(services.filter((each) => each !== 'ledger').map((each) => books.connect(each)));
  return async () => {
    await drained(ledger);
    for (const follower of followers) await caughtUp(ledger, follower);
    await until(async () => (await ledger.query('SELECT 1 FROM audit_unsealed LIMIT 1')).rowCount === 0);
    await ledger.query(
      `VACUUM (ANALYZE) accounts, invoices, bill_lines, transactions, postings, daybook_entries, outbox, audit, audit_unsealed,
       idempotency_keys`,
    );
    await ledger.query('CHECKPOINT');
  };
}

/** What each write-off adds one to, whoever books it. */
async function leftBehind(ledger: Client): Promise<Record<string, number>> {
  const { rows } = await ledger.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM idempotency_keys WHERE status = 201) AS answers,
            (SELECT count(*) FROM transactions WHERE type_code = 'coupon') AS transactions,
            (SELECT count(*) FROM postings WHERE debit = 'write-off:coupon') AS postings,
            (SELECT -sum(balance) FROM accounts) AS "less owed", (SELECT sum(sequence) FROM accounts) AS sequences,
            (SELECT count(*) FROM outbox WHERE type = 'recoup.ledger.written-off.v1') AS events,
            (SELECT count(*) FROM audit WHERE action = 'write-off') AS audited`,
  );
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
}

function requireAll(count: number, before: Record<string, number>, after: Record<string, number>): void {
  for (const [name, value] of Object.entries(after))
    if (value - (before[name] ?? 0) !== count)
      throw new Error(`${count} write-offs left ${value - (before[name] ?? 0)} ${name}`);
}
