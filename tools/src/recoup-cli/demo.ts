import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateFile } from './generate.js';
import { importFile } from './import.js';

const demoAccounts = 5000;
const demoSeed = 20261122;

/** Loads the demo books through the import that everybody uses: 5,000 accounts in three offices, with balances open today. */
export async function loadDemo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-demo-'));
  try {
    const file = join(folder, 'demo-books.csv');
    await generateFile(file, demoAccounts, demoSeed, new Date());
    const refused: string[] = [];
    const counts = await importFile(file, 'recoup', true, (line) => refused.push(line));
    if (counts.refused > 0)
      throw new Error(`${counts.refused} rows of the demo books were refused: ${refused.slice(0, 3).join('; ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
