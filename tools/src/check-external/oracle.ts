import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { parseAmount } from '@recoup/contracts';

/** A program that keeps books by itself and reads a journal of ours. */
export interface Oracle {
  readonly name: string;
  /** Balances at the end of a day, in minor units, by the journal's account and currency; those of 0 are left out. */
  balances(journal: string, asOf: string): Promise<Map<string, number>>;
}

const outputBytesMax = 512 * 1024 * 1024;

const oracles: readonly { name: string; args(journal: string, before: string): string[] }[] = [
  {
    name: 'hledger',
    args: (journal, before) => ['-f', journal, 'balance', '--flat', '-N', '-e', before, '-O', 'csv'],
  },
  {
    name: 'ledger',
    args: (journal, before) => [
      '-f',
      journal,
      'balance',
      '--flat',
      '--no-total',
      '-e',
      before,
      '--balance-format',
      '"%(account)","%(scrub(display_total))"\n',
    ],
  },
];

/** Those of the programs that are installed. */
export function installedOracles(): Oracle[] {
  return oracles
    .filter(({ name }) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
    .map(({ name, args }) => ({
      name,
      balances: async (journal, asOf) => parseBalances(await run(name, args(journal, dayAfter(asOf)))),
    }));
}

async function run(name: string, args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(name, args, { encoding: 'utf8', maxBuffer: outputBytesMax });
  return stdout;
}

/** Both take an end that is no longer part of the range. */
function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/**
 * The balances of a table of account and balance, by account and currency, without those of 0.
 * @throws Error when a balance is none, or has more decimals than its currency
 */
export function parseBalances(output: string): Map<string, number> {
  const balances = new Map<string, number>();
  for (const line of output.split('\n')) {
    const [account = '', balance = ''] = line.split('","').map((cell) => cell.replaceAll('"', '').trim());
    const found = /^(-?)([\d.]+) ([A-Z]{3})$/.exec(balance);
    if (!found) {
      if (line.trim() === '' || account === 'account' || balance === '0') continue;
      throw new Error(`A balance was not understood: ${line}`);
    }
    const [, sign, digits = '', currency = ''] = found;
    const parsed = parseAmount(digits, currency);
    if ('problem' in parsed) throw new Error(`${line}: the amount ${parsed.problem}`);
    if (parsed.amount !== 0) balances.set(`${account} ${currency}`, sign === '-' ? -parsed.amount : parsed.amount);
  }
  return balances;
}
