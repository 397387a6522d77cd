import { readFileSync } from 'node:fs';
import { rows, sql, type Db } from '@recoup/service-kit';

/** Rows of the checked-in invariants that don't hold, each with the invariant's sentence; empty when all hold. */
export async function brokenInvariants(
  db: Db,
  file = 'invariants-bulk.sql',
): Promise<{ invariant: string; offender: unknown }[]> {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const broken: { invariant: string; offender: unknown }[] = [];
  for (const block of text.split(/^(?=-- I\d+: )/m).filter((each) => each.startsWith('-- I'))) {
    const invariant = block.slice(3, block.indexOf('\n'));
    const query = block.slice(block.indexOf('\n')).trim().replace(/;$/, '');
    for (const offender of await rows(db, sql.raw(query))) broken.push({ invariant, offender });
  }
  return broken;
}
