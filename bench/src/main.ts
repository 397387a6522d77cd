/**
 * `npm run bench -- <name> [--accounts N] [--invoices K] [--rows N] [--services LIST] [--pairs N] [--write-offs N] [--seed S]
 * [--home DIR]` and `npm run faults -- <name> --seed S [--accounts N]`.
 */
import { parseArgs } from 'node:util';
import { services } from '@recoup/tools/ports';
import { benches } from './benches.js';
import { runFaults } from './faults/run-faults.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    accounts: { type: 'string' },
    invoices: { type: 'string', default: '2' },
    rows: { type: 'string', default: '1000000' },
    pairs: { type: 'string', default: '5' },
    'write-offs': { type: 'string', default: '8000' },
    services: { type: 'string', default: services.join(',') },
    home: { type: 'string' },
  },
});
const [mode, name = 'all'] = positionals;

async function main(): Promise<boolean> {
  if (mode === 'faults') return runFaults(name, Number(values.seed), Number(values.accounts ?? 100_000));
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench ${name}. Use one of: ${Object.keys(benches).join(', ')}.`);
  await bench({
    accounts: values.accounts === undefined ? undefined : Number(values.accounts),
    invoices: Number(values.invoices),
    rows: Number(values.rows),
    services: services.filter((each) => values.services.split(',').includes(each)),
    pairs: Number(values.pairs),
    writeOffs: Number(values['write-offs']),
    seed: Number(values.seed),
    home: values.home,
  });
  return true;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
