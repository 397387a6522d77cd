import { join } from 'node:path';
import type { TrialSystem } from '@recoup/tools/trial-system';
import { recoup } from './recoup.js';

/** Imports a generated load set of so many accounts with balances open today. */
export async function loadAccounts(system: TrialSystem, accounts: number, seed: number): Promise<void> {
  const file = join(system.home, `load-${accounts}-${seed}.csv`);
  const generated = await recoup(
    system,
    'generate',
    '--accounts',
    String(accounts),
    '--seed',
    String(seed),
    '--out',
    file,
  );
  if (generated.status !== 0) throw new Error(generated.stderr);
  const imported = await recoup(system, 'import', file, '--mapping', 'recoup');
  if (imported.status !== 0) throw new Error(`${imported.stdout}${imported.stderr.slice(0, 2000)}`);
}

/** The day that every office of a load set has reached: yesterday in UTC may still be today in New York. */
export function dayEverywhere(): string {
  return new Date(Date.now() - 24 * 3600_000).toISOString().slice(0, 10);
}
