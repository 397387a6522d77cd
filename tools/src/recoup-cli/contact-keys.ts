import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Client } from 'pg';
import type { Service } from '../ports.js';

/** The content of the key file: which key encrypts now, and all that still decrypt. */
interface KeyRing {
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
}

/**
 * Adds a key to the key file and makes it the current one (S16); written beside and renamed, so that no half of it is
 * ever read. The services bring their data under it when they are started again. Answers the new key's id.
 */
export function addContactKey(path: string): string {
  const ring: KeyRing = JSON.parse(readFileSync(path, 'utf8'));
  const id = nextId(ring);
  const keys = { ...ring.keys, [id]: randomBytes(32).toString('base64') };
  const beside = `${path}.${process.pid}.part`;
  writeFileSync(beside, JSON.stringify({ current: id, keys }, null, 2), { mode: 0o600 });
  renameSync(beside, path);
  return id;
}

/** `local-2` after `local-1`; a number is added where the id has none. */
function nextId({ current, keys }: KeyRing): string {
  const [, name = current, number = '1'] = /^(.*)-(\d+)$/.exec(current) ?? [];
  let next = Number(number) + 1;
  while (keys[`${name}-${next}`] !== undefined) next += 1;
  return `${name}-${next}`;
}

/** Says under which keys contact data are kept: another one of the file is needed no more, but by what is on its way. */
export async function tellContactKeys(
  clients: ReadonlyMap<Service, Client>,
  say: (line: string) => void,
): Promise<void> {
  const needed = new Set<string>();
  for (const [service, client] of clients) {
    const { rows } = await client.query<{ key: string; rows: string }>(
      'SELECT key_id AS key, sum(rows)::text AS rows FROM contact_keys_in_use GROUP BY key_id ORDER BY key_id',
    );
    for (const { key } of rows) needed.add(key);
    if (rows.length > 0)
      say(`${service}: contact data under ${rows.map(({ key, rows: count }) => `${key} (${count})`).join(', ')}`);
  }
  if (needed.size > 0) say(`contact keys in use: ${[...needed].toSorted().join(', ')}`);
}
