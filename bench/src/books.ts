import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseOf } from '@recoup/tools/databases';
import { compare, ledgerComparisons } from '@recoup/tools/recoup-cli/comparisons';
import { checkInvariants } from '@recoup/tools/recoup-cli/invariants';
import type { Service } from '@recoup/tools/ports';
import { password } from '@recoup/tools/secrets';
import { TrialSystem } from '@recoup/tools/trial-system';
import { Client } from 'pg';
import type { BenchOptions } from './benches.js';
import { withoutIndexes } from './without-indexes.js';

/** Accounts of a bench that needs no other number, and what its smallest invoice is of. */
const accountsUsual = 1_000_000;
const leastTotalUsual = 1_000;
const caughtUpMs = 120_000;
const pollMs = 2_000;
const env = { RECOUP_RATE_LIMIT: '0', RECOUP_APPROVAL_LIMITS: 'off' };

/** A Recoup with made-up books in all of its databases. */
export class Books {
  private constructor(
    readonly system: TrialSystem,
    /** The last day of the books, reached by every office. */
    readonly day: string,
    private readonly seeded: readonly Service[],
    private readonly connections: Client[] = [],
  ) {}

  /**
   * Starts a system, seeds it if it has not been, does the work and stops it. With `--home` the books are kept in that
   * folder and found there the next time; the accounts and the seed of the first time then stay.
   */
  static async with(options: BenchOptions, work: (books: Books) => Promise<void>): Promise<void> {
    const marker = options.home === undefined ? '' : join(options.home, 'bench-books.json');
    const kept = marker !== '' && existsSync(marker);
    const { base, day } = kept
      ? (JSON.parse(readFileSync(marker, 'utf8')) as { base: number; day: string })
      : { base: 20_000 + Math.floor(Math.random() * 20_000), day: yesterday() };
    const system =
      options.home === undefined
        ? await TrialSystem.start({ env })
        : await TrialSystem.startIn(options.home, base, { env });
    const books = new Books(system, day, options.services);
    try {
      if (!kept) await books.seed(options);
      if (marker !== '') writeFileSync(marker, JSON.stringify({ base, day }));
      await books.describe();
      await work(books);
    } finally {
      await Promise.all(books.connections.map((client) => client.end()));
      await system.stop(options.home !== undefined);
    }
  }

  /** A connection as superuser, with the settings that the bench's SQL files read. */
  async connect(service: Service, settings: Readonly<Record<string, string>> = {}): Promise<Client> {
    const { postgres } = this.system.ports;
    const connectionString = `postgres://postgres:${password(this.system.home, 'postgres')}@127.0.0.1:${postgres}/${databaseOf(service)}`;
    const client = new Client({ connectionString });
    await client.connect();
    this.connections.push(client);
    await set(client, { day: this.day, ...settings });
    return client;
  }

  /** Checks every invariant of the seeded databases, and their projections against the ledger, once they have caught up. */
  async verify(): Promise<void> {
    const ledger = await this.connect('ledger');
    const others = this.seeded.filter((service) => service !== 'ledger');
    const followers = await Promise.all(others.map(async (service) => [service, await this.connect(service)] as const));
    const until = Date.now() + caughtUpMs;
    for (;;) {
      const violations = await violationsOf(ledger, followers);
      if (violations.length === 0) break;
      if (Date.now() > until) throw new Error(`Invariants do not hold: ${JSON.stringify(violations, null, 1)}`);
      await sleep(pollMs);
    }
    console.log(`every invariant of ${this.seeded.join(', ')} holds`);
  }

  private async seed({ accounts, invoices, leastTotal, seed }: BenchOptions): Promise<void> {
    const settings = {
      accounts: String(accounts ?? accountsUsual),
      invoices: String(invoices),
      least_total: String(leastTotal ?? leastTotalUsual),
      seed: String(seed),
    };
    for (const service of this.seeded) {
      const since = performance.now();
      const client = await this.connect(service, settings);
      await client.query(
        `SET session_replication_role = replica; SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'`,
      );
      await client.query(sqlFile('facts'));
      await withoutIndexes(client, () => client.query(sqlFile(service === 'ledger' ? 'ledger' : 'projection')));
      await client.query('DROP TABLE bench_facts');
      await client.query('VACUUM (ANALYZE)');
      console.log(`${service} seeded in ${((performance.now() - since) / 1000).toFixed(0)} s`);
    }
    await this.verify();
  }

  private async describe(): Promise<void> {
    const client = await this.connect('collections');
    const { rows } = await client.query<{ accounts: number; movements: number }>(
      `SELECT (SELECT count(*)::int FROM accounts) AS accounts, (SELECT count(*)::int FROM movements) AS movements`,
    );
    const [found] = rows;
    console.log(`${found?.accounts} accounts, ${found?.movements} movements, up to ${this.day}`);
  }
}

async function violationsOf(ledger: Client, followers: readonly (readonly [Service, Client])[]): Promise<unknown[]> {
  const found: unknown[] = [...(await checkInvariants('ledger', ledger)).violations];
  for (const [service, client] of followers) {
    found.push(...(await checkInvariants(service, client)).violations);
    for (const comparison of ledgerComparisons) {
      const violation = await compare(service, comparison, ledger, client);
      if (violation) found.push(violation);
    }
  }
  return found;
}

/** Sets `bench.<name>` for the session. */
export async function set(client: Client, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await client.query('SELECT set_config($1, $2, false)', [`bench.${name}`, value]);
}

/** The text of a file of bench/src/sql. */
export function sqlFile(name: string): string {
  return readFileSync(new URL(`../src/sql/${name}.sql`, import.meta.url), 'utf8');
}

function yesterday(): string {
  return new Date(Date.now() - 24 * 3600_000).toISOString().slice(0, 10);
}
