import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.js';
import { markOf, readMark, runs } from './processes.js';

/** Root of the repository, from where every part is started. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const LEAST_FREE_BYTES = 3 * 1024 ** 3;

/** The folder that holds all state of this installation: `.recoup`, or what RECOUP_HOME names. */
export function homeFolder(): string {
  return resolve(root, process.env['RECOUP_HOME'] || '.recoup');
}

/** Creates the home folder. Others may enter it, for PostgreSQL may run as another user; `keys` below it they may not. */
export function createHome(home: string): void {
  if (existsSync(home)) return;
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
}

/** Takes the home folder for this process; a Failure says which process holds it. Answers the function that gives it back. */
export function lockHome(home: string): () => void {
  const path = join(home, 'run', 'launcher.json');
  const holder = readMark(path);
  if (holder !== undefined && runs(holder)) {
    throw new Failure(
      `Recoup runs already from ${home} (process ${holder.pid}). Stop that one first, or set RECOUP_HOME and RECOUP_PORT for a second.`,
    );
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(markOf(process.pid)));
  return () => rmSync(path, { force: true });
}

/** Refuses to start where memory would run out half way; RECOUP_LOW_MEMORY=on starts nevertheless. */
export function checkMemory(): void {
  const limit = process.constrainedMemory();
  const free = limit > 0 ? Math.min(freemem(), limit) : freemem();
  if (free >= LEAST_FREE_BYTES || process.env['RECOUP_LOW_MEMORY'] === 'on') return;
  throw new Failure(
    `Recoup needs ${gigabytes(LEAST_FREE_BYTES)} of free memory, and ${gigabytes(free)} are free. Close other programs, or set RECOUP_LOW_MEMORY=on to try.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
