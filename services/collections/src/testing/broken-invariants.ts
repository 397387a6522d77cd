import { readFileSync } from 'node:fs';
import { rows, sql, type Db } from '@recoup/service-kit';

/** Rows of the checked-in invariants that don't hold, each with the invariant's sentence; empty when all hold. */
export async function brokenInvariants(
  db: Db,
  file: 'invariants-bulk.sql' | 'invariants-receivables.sql' = 'invariants-bulk.sql',
): Promise<{ invariant: string; offender: unknown }[]> {
  const folder = file === 'invariants-bulk.sql' ? '../..' : '../../../../libs/receivables';
  const text = readFileSync(new URL(`${folder}/${file}`, import.meta.url), 'utf8');
  const broken: { invariant: string; offender: unknown }[] = [];
  for (const block of text.split(/^(?=-- I\d+: )/m).filter((each) => each.startsWith('-- I'))) {
    const invariant = block.slice(3, block.indexOf('\n'));
    const query = block.slice(block.indexOf('\n')).trim().replace(/;$/, '');
    for (const offender of await rows(db, sql.raw(query))) broken.push({ invariant, offender });
  }
  return broken;
}

/** Throws with what is broken, for the end of each test. */
export async function requireInvariants(db: Db): Promise<void> {
  const broken = await brokenInvariants(db);
  if (broken.length > 0) throw new Error(`Invariants are broken: ${JSON.stringify(broken.slice(0, 5), null, 1)}`);
}
