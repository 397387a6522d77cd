import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { markOf, readMark, runs, stopProcess } from './processes.js';

/** One program of a running Recoup: how it is started and how it is stopped. */
export interface Part {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Run as this user; only given when the launcher is root and the program must not be. */
  uid?: number | undefined;
  gid?: number | undefined;
  stopSignal: NodeJS.Signals;
  /** Milliseconds between the stop signal and SIGKILL. */
  stopLimitMs: number;
}

/** What the keeper is told, as JSON in its first argument; secrets travel in the environment instead. */
export interface KeeperOrder extends Omit<Part, 'env'> {
  logFile: string;
  runFolder: string;
}

/** A part that was started under its keeper. */
export interface RunningPart {
  name: string;
  /** Settles with the exit status once the part has ended, wanted or not. */
  ended: Promise<number>;
  /** Asks the part to stop and waits until it has. */
  stop(): Promise<void>;
}

const MAX_LOG_BYTES = 10 * 1024 * 1024;
const KEEPER = fileURLToPath(new URL('keeper.js', import.meta.url));

/** Keeps one earlier log beside the present one, so that a home folder cannot grow without limit. */
export function rotateLog(path: string): void {
  if (existsSync(path) && statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
}

/** The file below the home folder that a part's output goes to. */
export function logFileOf(home: string, name: string): string {
  return join(home, 'logs', `${name}.log`);
}

/**
 * Starts a part under a keeper of its own. The home folder gets `logs/<name>.log`, `run/<name>.pid` (the id alone)
 * and `run/<name>.json` (the id with its start, by which a later launcher recognises what this one left behind).
 */
export function startPart(part: Part, home: string): RunningPart {
  const runFolder = join(home, 'run');
  const logFile = logFileOf(home, part.name);
  mkdirSync(runFolder, { recursive: true });
  mkdirSync(join(home, 'logs'), { recursive: true });
  rotateLog(logFile);
  const { env, ...rest } = part;
  const order: KeeperOrder = { ...rest, logFile, runFolder };
  const keeper = spawn(process.execPath, [KEEPER, JSON.stringify(order)], {
    cwd: part.cwd,
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const keeperMark = keeper.pid === undefined ? undefined : markOf(keeper.pid);
  const ended = new Promise<number>((resolve) => {
    keeper.on('error', () => resolve(127));
    keeper.on('exit', (code) => {
      // A killed keeper leaves its child behind: the child is stopped before the end is told, so that a restart finds its port free.
      stopLeftover(home, part).then(
        () => resolve(code ?? 137),
        () => resolve(code ?? 137),
      );
    });
  });
  keeper.stdin.on('error', () => undefined);
  return {
    name: part.name,
    ended,
    stop: async () => {
      keeper.stdin.end();
      const late = setTimeout(() => {
        if (keeperMark !== undefined) void stopProcess(keeperMark, 'SIGTERM', 1_000);
      }, part.stopLimitMs + 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

/**
 * Stops what an earlier run of a part left behind, found through its recorded id and start, and forgets the record.
 * Answers whether something still ran.
 */
export async function stopLeftover(
  home: string,
  part: Pick<Part, 'name' | 'stopSignal' | 'stopLimitMs'>,
): Promise<boolean> {
  const record = join(home, 'run', `${part.name}.json`);
  const mark = readMark(record);
  const ran = mark !== undefined && runs(mark);
  if (ran) await stopProcess(mark, part.stopSignal, part.stopLimitMs);
  rmSync(record, { force: true });
  rmSync(join(home, 'run', `${part.name}.pid`), { force: true });
  return ran;
}
