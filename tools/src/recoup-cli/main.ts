/** `npm run recoup -- import | verify | export-journal | generate | clock`: what an operator does from a shell. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { homeFolder } from '../home.js';
import { contactKeysFile } from '../secrets.js';
import { setClock } from './clock.js';
import { addContactKey } from './contact-keys.js';
import { exportJournal } from './export-journal.js';
import { generateFile } from './generate.js';
import { importFile } from './import.js';
import { verify } from './verify.js';

const usage = `Use one of
  npm run recoup -- import <file.csv> --mapping <name or file> [--no-wait]
  npm run recoup -- verify
  npm run recoup -- export-journal <file>
  npm run recoup -- generate --accounts <N> --seed <S> [--out <file.csv>]
  npm run recoup -- rotate-contact-keys
  npm run recoup -- clock <instant, such as 2026-11-22T08:00:00Z>`;

/** A command that was not understood: the usage is shown, and the exit status is 64. */
class UsageError extends Error {}

/** Paths are those of the shell that called npm, not of the project's root. */
function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

/** A mapping's name may have dots, as a file's name has: what has no folder and is no file is a name. */
function mappingOf(given: string): string {
  const path = fromCaller(given);
  if (existsSync(path) && /[\\/.]/.test(given)) return path;
  if (/[\\/]|\.json$/i.test(given)) throw new Error(`There is no file ${path} with a mapping.`);
  return given;
}

async function runImport(values: Values, file: string | undefined): Promise<number> {
  if (!file || !values.mapping) throw new UsageError('import needs a file and --mapping');
  const mapping = mappingOf(values.mapping);
  const counts = await importFile(fromCaller(file), mapping, !values['no-wait'], (line) => console.error(line));
  console.log(
    `${counts.rows} rows: ${counts.booked} booked, ${counts.known} known before, ${counts.refused} refused, ${counts.warnings} warnings.`,
  );
  return counts.refused > 0 ? 2 : 0;
}

function wholeNumber(text: string | undefined, option: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`--${option} must be a whole number from 1`);
  return value;
}

async function runGenerate(values: Values): Promise<number> {
  const accounts = wholeNumber(values.accounts, 'accounts');
  const out = fromCaller(values.out ?? `recoup-${accounts}.csv`);
  const rows = await generateFile(out, accounts, wholeNumber(values.seed ?? '1', 'seed'), new Date());
  console.log(`${rows} invoices of ${accounts} accounts written to ${out}; import it with --mapping recoup.`);
  return 0;
}

async function runClock(instant: string | undefined): Promise<number> {
  if (!instant) throw new UsageError('clock needs an instant');
  console.log(`The clock stands at ${await setClock(instant)}.`);
  return 0;
}

async function runExportJournal(file: string | undefined): Promise<number> {
  if (!file) throw new UsageError('export-journal needs a file');
  const { transactions, postings } = await exportJournal(fromCaller(file));
  console.log(`${transactions} transactions with ${postings} postings written to ${fromCaller(file)}.`);
  return 0;
}

/** A new key is read when services start: they then bring what they keep under it, while they serve. */
function runRotateContactKeys(): number {
  const path = process.env['RECOUP_CONTACT_KEYS'] || contactKeysFile(homeFolder());
  console.log(
    `${addContactKey(path)} is the current key of ${path}. Start the services again: they bring contact data under it.`,
  );
  console.log('Once verify names no other key as in use, older ones may be taken out of the file a week later.');
  return 0;
}

const options = {
  mapping: { type: 'string' },
  'no-wait': { type: 'boolean' },
  accounts: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Values = ReturnType<typeof parse>['values'];

function parse() {
  return parseArgs({ options, allowPositionals: true });
}

async function main(): Promise<number> {
  const { values, positionals } = parse();
  const [command, argument] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  switch (command) {
    case 'import':
      return runImport(values, argument);
    case 'verify':
      return (await verify((line) => console.log(line))) ? 0 : 1;
    case 'export-journal':
      return runExportJournal(argument);
    case 'generate':
      return runGenerate(values);
    case 'rotate-contact-keys':
      return runRotateContactKeys();
    case 'clock':
      return runClock(argument);
    default:
      throw new UsageError(command ? `unknown command ${command}` : 'which command?');
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const misused = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  console.error(misused ? `${message}\n${usage}` : message);
  process.exitCode = misused ? 64 : 1;
}
