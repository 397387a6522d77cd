import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process as it is recorded on disk: its id and the moment it began, because ids are used again. */
export interface ProcessMark {
  pid: number;
  started: string;
}

/**
 * When a process began, as an opaque text that stays the same during its life.
 * Answers undefined when no such process runs; a zombie counts as gone, for it holds no port and no file.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const path = `/proc/${pid}/stat`;
    try {
      const stat = readFileSync(path, 'utf8');
      // The second field is the command in brackets and may hold blanks, so that fields are counted after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Marks a running process, or answers undefined when it has ended already. */
export function markOf(pid: number): ProcessMark | undefined {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether the very process that was marked still runs (not another one that got its id). */
export function runs(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.started;
}

/** Reads a mark that was stored as JSON; a missing or torn file is no mark. */
export function readMark(path: string): ProcessMark | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value)) return undefined;
    return typeof value.pid === 'number' && typeof value.started === 'string'
      ? { pid: value.pid, started: value.started }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Signals a marked process if it still is the marked one; a process that ends meanwhile is no error. */
export function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  if (!runs(mark)) return;
  try {
    process.kill(mark.pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Waits until a marked process has gone; answers false when it still runs after the limit. */
export async function gone(mark: ProcessMark, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (runs(mark)) {
    if (Date.now() > end) return false;
    await sleep(50);
  }
  return true;
}

/** Stops a marked process: the polite signal first, SIGKILL once the limit has passed. */
export async function stopProcess(mark: ProcessMark, name: NodeJS.Signals, limitMs: number): Promise<void> {
  signal(mark, name);
  if (await gone(mark, limitMs)) return;
  signal(mark, 'SIGKILL');
  await gone(mark, 5_000);
}
