import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A place where a fault test may end this process, as kill -9 would. `RECOUP_FAILPOINTS=relay-acked@3` ends it when it
 * passes `relay-acked` for the third time; a plan in the file `$RECOUP_FAILPOINTS_DIR/<instance>` does so once, for it is
 * taken away when the process starts. The process leaves a note in `<instance>.ended` there: the place and its own id,
 * by which a test knows that it ended here and in no other way. Without those variables this does nothing.
 */
export function failpoint(name: string): void {
  const remaining = planned.get(name);
  if (remaining === undefined) return;
  if (remaining <= 1) endHere(name);
  planned.set(name, remaining - 1);
}

function endHere(name: string): void {
  const path = planPath();
  if (path !== undefined) writeFileSync(`${path}.ended`, JSON.stringify({ failpoint: name, pid: process.pid }));
  process.kill(process.pid, 'SIGKILL');
}

const planned = new Map(
  [process.env['RECOUP_FAILPOINTS'] ?? '', planOnFile()]
    .join(',')
    .split(',')
    .filter((entry) => entry.includes('@'))
    .map((entry) => [entry.slice(0, entry.indexOf('@')), Number(entry.slice(entry.indexOf('@') + 1))] as const),
);

function planPath(): string | undefined {
  const folder = process.env['RECOUP_FAILPOINTS_DIR'];
  const instance = process.env['RECOUP_INSTANCE'];
  return folder && instance ? join(folder, instance) : undefined;
}

function planOnFile(): string {
  const path = planPath();
  if (path === undefined || !existsSync(path)) return '';
  const plan = readFileSync(path, 'utf8').trim();
  rmSync(path);
  return plan;
}
