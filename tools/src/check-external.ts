/**
 * `npm run check-external -- <seed>`: books of the published payment histories and of commands of every kind, exported as a
 * journal, must have the same balances in hledger or ledger as in the service, as of twelve dates, to the cent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf, type Random } from '@recoup/service-kit/testing/random';
import { ledgerClient, type LedgerClient } from './check-external/client.js';
import { installedOracles, type Oracle } from './check-external/oracle.js';
import { assignPayers, pick, prepareBooks, randomCommands } from './check-external/random-commands.js';
import { root } from './home.js';
import { setClock } from './recoup-cli/clock.js';
import { exportJournal, journalAccount } from './recoup-cli/export-journal.js';
import { importFile } from './recoup-cli/import.js';
import { TrialSystem } from './trial-system.js';

const dates = 12;
/** Commands are booked while the clock goes from the end of the published data to now, so many at each stop. */
const stops = 20;
const commandsAStop = 30;
const begins = Date.parse('2014-02-01T12:00:00Z');
const accountsOfOwn = 6;
const accountsOfImport = 20;
const accountsAsked = 30;
const differencesShown = 10;
/** Ledger accounts of which the service tells each account's own balance. */
const ofAccounts = ['receivable:self', 'account-credit'];

interface Account {
  readonly id: string;
  readonly officeCode: string;
  readonly number: string;
  readonly currency: string;
}

/** What the service says, by the journal's name of what it is about: balances and credit of accounts, and ledger accounts. */
async function serviceBalances(
  client: LedgerClient,
  accounts: readonly Account[],
  asked: readonly Account[],
  to: string,
) {
  const said: [string, number][] = [];
  const own = new Map(accounts.map((account) => [account.id, account]));
  const every = { to, idleAccounts: true };
  for (const row of await client.all<{ id: string; closing: number; credit: number }>('trial-balance', every)) {
    const account = own.get(row.id);
    if (!account) throw new Error(`The trial balance has an account ${row.id} that the list of accounts has not`);
    said.push([nameOf('receivable:self', account), row.closing], [nameOf('account-credit', account), -row.credit]);
  }
  for (const account of asked) {
    const { balance, credit } = await client.get<{ balance: number; credit: number }>(
      `accounts/${account.id}/balance?asOf=${to}`,
    );
    said.push([nameOf('receivable:self', account), balance], [nameOf('account-credit', account), -credit]);
  }
  const books = await client.all<{ ledgerAccount: string; currency: string; closing: number }>('gl-trial-balance', {
    to,
  });
  for (const { ledgerAccount, currency, closing } of books) said.push([`${ledgerAccount} ${currency}`, closing]);
  return said;
}

function nameOf(ledgerAccount: string, { officeCode, number, currency }: Account): string {
  return `${journalAccount(ledgerAccount, officeCode, number)} ${currency}`;
}

/** What the service can be asked for: the journal's balances of accounts by themselves and all of them summed by ledger account. */
function comparable(balances: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map<string, number>();
  for (const [name, balance] of balances) {
    const [, ledgerAccount = '', currency = ''] = /^(.*):[^:]*:[^:]* ([A-Z]{3})$/.exec(name) ?? [];
    const sum = `${ledgerAccount} ${currency}`;
    all.set(sum, (all.get(sum) ?? 0) + balance);
    if (ofAccounts.includes(ledgerAccount)) all.set(name, balance);
  }
  return all;
}

/** What differs, in words; nothing when all agree. */
function differences(said: readonly (readonly [string, number])[], kept: ReadonlyMap<string, number>): string[] {
  const named = new Set(said.map(([name]) => name));
  const unnamed = [...kept.keys()].filter((name) => !named.has(name)).map((name) => [name, 0] as const);
  return [...said, ...unnamed]
    .map(([name, balance]) => ({ name, balance, other: kept.get(name) ?? 0 }))
    .filter(({ balance, other }) => balance !== other)
    .map(({ name, balance, other }) => `${name}: ${balance} by the service, ${other} by the journal, in minor units`);
}

function randomDates(random: Random): string[] {
  const [from, to] = [Date.parse('2012-01-01'), Date.now()];
  const days = Array.from({ length: dates - 2 }, () => new Date(from + random() * (to - from)));
  return [...days, new Date(Date.parse('2013-06-30')), new Date(to)]
    .map((day) => day.toISOString().slice(0, 10))
    .toSorted();
}

async function compare(
  client: LedgerClient,
  oracles: readonly Oracle[],
  random: Random,
  journal: string,
): Promise<number> {
  const accounts = await client.all<Account>('accounts');
  const asked = Array.from({ length: accountsAsked }, () => pick(random, accounts)).filter(
    (each) => each !== undefined,
  );
  let failed = 0;
  for (const day of randomDates(random)) {
    const said = await serviceBalances(client, accounts, asked, day);
    for (const oracle of oracles) {
      const found = differences(said, comparable(await oracle.balances(journal, day)));
      console.log(`${day}: ${said.length - found.length} of ${said.length} balances agree with ${oracle.name}`);
      for (const line of found.slice(0, differencesShown)) console.log(`  ${line}`);
      failed += found.length;
    }
  }
  return failed;
}

/** Where the clock stands at a stop: the last is now. */
function instantOf(stop: number): string {
  return new Date(begins + ((Date.now() - begins) * stop) / stops).toISOString();
}

async function check(oracles: readonly Oracle[], seed: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-check-'));
  const system = await TrialSystem.start({ testClock: true, env: { RECOUP_RATE_LIMIT: '0' } });
  try {
    // Import and export are those of a shell, which finds its installation by the environment.
    Reflect.deleteProperty(process.env, 'DATABASE_URL');
    Object.assign(process.env, system.environment);
    const random = randomOf(seed);
    await setClock(instantOf(0));
    const published = join(root, 'tools', 'demo-data', 'late-payment-histories.csv');
    const { booked } = await importFile(published, 'late-payment-histories', false, (line) => console.error(line));
    const [admin, supervisor] = [await ledgerClient(system, 'administrator'), await ledgerClient(system, 'supervisor')];
    await prepareBooks(admin, supervisor, accountsOfOwn);
    const accounts = await supervisor.all<Account>('accounts');
    const chosen = [
      ...accounts.filter(({ currency }) => currency !== 'USD'),
      ...accounts.filter(({ currency }) => currency === 'USD').slice(0, accountsOfImport),
    ];
    await assignPayers(supervisor, chosen);
    let taken = 0;
    for (let stop = 1; stop <= stops; stop += 1) {
      await setClock(instantOf(stop));
      taken += await randomCommands(supervisor, random, chosen, {
        count: commandsAStop,
        today: instantOf(stop).slice(0, 10),
      });
    }
    console.log(
      `${booked} invoices imported, ${taken} of ${stops * commandsAStop} random commands taken (seed ${seed})`,
    );
    const journal = join(folder, 'books.journal');
    const written = await exportJournal(journal);
    console.log(`${written.transactions} transactions with ${written.postings} postings exported`);
    return (await compare(supervisor, oracles, random, journal)) === 0;
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const oracles = installedOracles();
if (oracles.length === 0) {
  console.error(
    'Neither hledger nor ledger is installed. Install one, such as by apt-get install hledger, and try again.',
  );
  process.exitCode = 1;
} else {
  const agreed = await check(oracles, Number(process.argv[2] ?? 20_261_122));
  console.log(agreed ? 'Everything agrees to the cent.' : 'The books and the journal differ.');
  process.exitCode = agreed ? 0 : 1;
}
