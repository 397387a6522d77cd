import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

/** Where and as whom pgbench connects. */
export interface Server {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** What pgbench is to do: so many clients at once, each so many transactions of a script with these variables. */
export interface Script {
  readonly file: string;
  readonly clients: number;
  readonly transactionsEach: number;
  readonly variables: Readonly<Record<string, number>>;
}

const limitMs = 600_000;
const threads = 2;

/**
 * The pgbench that RECOUP_PGBENCH names, else the one on the path: PostgreSQL comes with the installation, pgbench does not.
 * @throws Error that says what to install
 */
export function findPgbench(): string {
  const pgbench = process.env['RECOUP_PGBENCH'] || 'pgbench';
  if (spawnSync(pgbench, ['--version'], { stdio: 'ignore' }).status === 0) return pgbench;
  throw new Error(
    `${pgbench} does not run. Install pgbench, such as by apt-get install postgresql-contrib (any version from 12 on), or name it by RECOUP_PGBENCH, and try again.`,
  );
}

/**
 * Runs a script with prepared statements; answers the seconds that its transactions took, without connecting.
 * @throws Error when one of the transactions did not succeed
 */
export async function runPgbench(pgbench: string, server: Server, script: Script): Promise<number> {
  const { file, clients, transactionsEach, variables } = script;
  const args = ['--no-vacuum', '--protocol=prepared', `--file=${file}`, `--client=${clients}`, `--jobs=${threads}`];
  args.push(`--transactions=${transactionsEach}`, '-h', '127.0.0.1', '-p', String(server.port), '-U', server.user);
  for (const [name, value] of Object.entries(variables)) args.push(`--define=${name}=${value}`);
  const env = { ...process.env, PGPASSWORD: server.password, LC_ALL: 'C' };
  const { stdout } = await promisify(execFile)(pgbench, [...args, server.database], { env, timeout: limitMs });
  return secondsIn(stdout, clients * transactionsEach);
}

/** The seconds that a report of pgbench tells, whose transactions must all have been processed. */
export function secondsIn(report: string, transactions: number): number {
  const [, processed] = /actually processed: (\d+)/.exec(report) ?? [];
  const [, rate] = /^tps = ([\d.]+) \(without initial connection time\)/m.exec(report) ?? [];
  if (Number(processed) !== transactions || rate === undefined)
    throw new Error(`pgbench did not process ${transactions} transactions:\n${report}`);
  return transactions / Number(rate);
}
