import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A place where a fault test may end this process, as kill -9 would. `RECOUP_FAILPOINTS=relay-acked@3` ends it when it
 * passes `relay-acked` for the third time; a plan in the file `$RECOUP_FAILPOINTS_DIR/<instance>` does so once, for it is
 * taken away when the process starts. Without those variables this does nothing.
 */
export function failpoint(name: string): void {
  const remaining = planned.get(name);
  if (remaining === undefined) return;
  if (remaining <= 1) process.kill(process.pid, 'SIGKILL');
  planned.set(name, remaining - 1);
}

const planned = new Map(
  [process.env['RECOUP_FAILPOINTS'] ?? '', planOnFile()]
    .join(',')
    .split(',')
    .filter((entry) => entry.includes('@'))
    .map((entry) => [entry.slice(0, entry.indexOf('@')), Number(entry.slice(entry.indexOf('@') + 1))] as const),
);

function planOnFile(): string {
  const folder = process.env['RECOUP_FAILPOINTS_DIR'];
  const instance = process.env['RECOUP_INSTANCE'];
  if (!folder || !instance) return '';
  const path = join(folder, instance);
  if (!existsSync(path)) return '';
  const plan = readFileSync(path, 'utf8').trim();
  rmSync(path);
  return plan;
}
