import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from './api.js';
import { flagDemoAccounts } from './demo-flags.js';
import { generateFile } from './generate.js';
import { importFile } from './import.js';

const demoAccounts = 5000;
const demoSeed = 20261122;

/**
 * Loads the demo books through the import that everybody uses: 5,000 accounts in three offices, with balances open today; and
 * an agency's payer with its custom write-off, so that a balance can be referred; and a few flags on some of them.
 */
export async function loadDemo(): Promise<void> {
  await defineAgency();
  const folder = mkdtempSync(join(tmpdir(), 'recoup-demo-'));
  try {
    const file = join(folder, 'demo-books.csv');
    await generateFile(file, demoAccounts, demoSeed, new Date());
    const refused: string[] = [];
    const counts = await importFile(file, 'recoup', true, (line) => refused.push(line));
    if (counts.refused > 0)
      throw new Error(`${counts.refused} rows of the demo books were refused: ${refused.slice(0, 3).join('; ')}`);
    await flagDemoAccounts(new Date());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Procentive's initial setup: the agency's payer, whose rules skip both checks, and a custom write-off; each only once. */
async function defineAgency(): Promise<void> {
  const { body: known } = await call<unknown[]>('ledger', `payers?filter=${encodeURIComponent('{"type":"generic"}')}`);
  if (known.length === 0)
    await write('POST', 'payers', {
      code: 'AGENCY',
      name: 'Collections Agency',
      type: 'generic',
      skipGroupNumberCheck: true,
      skipPolicyIdCheck: true,
    });
  const { body: settings } = await call<{ inUse: number }>('ledger', 'write-off-settings');
  const sent = { name: 'Sent to collections', plural: 'Sent to collections' };
  if (settings.inUse === 0) await write('PUT', 'write-off-settings', { inUse: 1, writeOffs: [sent] });
}

async function write(method: 'POST' | 'PUT', path: string, body: object): Promise<void> {
  await call('ledger', path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
