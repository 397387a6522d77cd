import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@recoup/tools/home';
import type { TrialSystem } from '@recoup/tools/trial-system';

/** What a command of `npm run recoup` ended with. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A load set of 100,000 accounts takes over five minutes on two cores that also carry three projections. */
const limitMs = 1_800_000;

/** Runs `npm run recoup -- …` against a system. */
export function recoup(system: TrialSystem, ...args: string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...system.environment, INIT_CWD: root };
    Reflect.deleteProperty(env, 'NODE_OPTIONS');
    execFile(
      process.execPath,
      [join(root, 'tools', 'dist', 'recoup-cli', 'main.js'), ...args],
      { env, cwd: root, timeout: limitMs, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const said = error?.killed ? `${stderr}\nStopped after ${limitMs / 1000} s.` : stderr;
        resolve({ status: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr: said });
      },
    );
  });
}

/**
 * Imports a shipped file of receivables.
 * @throws Error with what the command said, when a row was refused
 */
export async function importDemoData(system: TrialSystem, name: string): Promise<void> {
  const { status, stdout, stderr } = await recoup(
    system,
    'import',
    demoData(name),
    '--mapping',
    'late-payment-histories',
  );
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** Path of a file of the shipped data. */
export function demoData(name: string): string {
  return join(root, 'tools', 'demo-data', name);
}

/** A line of the published expectation: an account's figures as of a date, in minor units. */
export interface ExpectedRow {
  readonly asOf: string;
  readonly accountNumber: string;
  readonly balance: number;
  readonly openInvoices: number;
  readonly daysPastDue: number;
  readonly aging: readonly number[];
}

/** What a correct report shows, from `late-payment-histories.expected.csv`. */
export function expectedReport(): ExpectedRow[] {
  const [, ...lines] = readFileSync(demoData('late-payment-histories.expected.csv'), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => {
    const [asOf = '', accountNumber = '', balance = '', openInvoices, daysPastDue, ...aging] = line.split(',');
    return {
      asOf,
      accountNumber,
      balance: cents(balance),
      openInvoices: Number(openInvoices),
      daysPastDue: Number(daysPastDue),
      aging: aging.map(cents),
    };
  });
}

/** The office of each account of the published receivables. */
export function publishedOffices(): Map<string, string> {
  const [, ...lines] = readFileSync(demoData('late-payment-histories.csv'), 'utf8').trim().split(/\r?\n/);
  return new Map(
    lines.map((line) => {
      const [office = '', accountNumber = ''] = line.split(',');
      return [accountNumber, office];
    }),
  );
}

function cents(text: string): number {
  return Number(text.replace('.', ''));
}

/** The lines of a preview's totals by office; all of it is paid by today. */
export function expectedByOffice(expected: readonly Pick<ExpectedRow, 'accountNumber' | 'balance'>[]): string[] {
  const offices = publishedOffices();
  const balances = Map.groupBy(expected, ({ accountNumber }) => offices.get(accountNumber) ?? '');
  return [...balances].toSorted().map(([office, rows]) => {
    const total = rows.reduce((sum, { balance }) => sum + balance, 0) / 100;
    const figure = total.toLocaleString('en-US', { minimumFractionDigits: 2 });
    return `USD ${office} ${rows.length} ${figure} 0.00`;
  });
}
