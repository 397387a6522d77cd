import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root } from './home.js';
import { startPart, stopLeftover, type Part } from './part.js';
import { gone, readMark, runs, signal, type ProcessMark } from './processes.js';

const PATIENT = `setInterval(() => undefined, 1000);`;
const STUBBORN = `process.on('SIGTERM', () => undefined); ${PATIENT}`;

let home: string;
let launcher: ChildProcess | undefined;

function partOf(program: string, stopLimitMs = 5_000): Part {
  return {
    name: 'child',
    command: process.execPath,
    args: ['-e', program],
    cwd: home,
    env: process.env,
    stopSignal: 'SIGTERM',
    stopLimitMs,
  };
}

async function recordedChild(): Promise<ProcessMark> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const mark = readMark(join(home, 'run', 'child.json'));
    if (mark !== undefined) return mark;
    await sleep(50);
  }
  throw new Error('no child was recorded');
}

/** A launcher in a process of its own, for it is going to be killed. */
function launch(part: Part): ChildProcess {
  const program = join(home, 'launcher.mjs');
  const module = pathToFileURL(join(root, 'tools', 'dist', 'part.js')).href;
  const { env: _inherited, ...rest } = part;
  writeFileSync(
    program,
    `import { startPart } from '${module}';
     startPart({ ...${JSON.stringify(rest)}, env: process.env }, '${home}');
     setInterval(() => undefined, 1000);`,
  );
  return spawn(process.execPath, [program], { stdio: 'inherit' });
}

function keepersOf({ pid }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

describe('keeper', () => {
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'recoup-keeper-'));
  });

  afterEach(() => {
    launcher?.kill('SIGKILL');
    launcher = undefined;
    const child = readMark(join(home, 'run', 'child.json'));
    if (child !== undefined) signal(child, 'SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  it('stops its child when the launcher is killed with SIGKILL', async () => {
    launcher = launch(partOf(PATIENT));
    const child = await recordedChild();

    launcher.kill('SIGKILL');

    expect(await gone(child, 5_000)).toBe(true);
  });

  it('kills a child that ignores the stop signal once the limit has passed', async () => {
    launcher = launch(partOf(STUBBORN, 300));
    const child = await recordedChild();
    await sleep(500);

    launcher.kill('SIGKILL');

    expect(await gone(child, 5_000)).toBe(true);
  });

  it('passes on the status with which its child ended, and forgets the child', async () => {
    const part = startPart(partOf('process.exit(7)'), home);

    expect(await part.ended).toBe(7);
    expect(existsSync(join(home, 'run', 'child.pid'))).toBe(false);
  });

  it('answers stop() once the child has gone', async () => {
    const part = startPart(partOf(PATIENT), home);
    const child = await recordedChild();

    await part.stop();

    expect(runs(child)).toBe(false);
  });

  it('leaves a child behind when launcher and keeper are killed, and the next start finds and stops it', async () => {
    launcher = launch(partOf(PATIENT));
    const child = await recordedChild();
    const keepers = keepersOf(launcher);

    // The keeper first: it would tell the child to stop as soon as it saw its launcher gone.
    for (const keeper of keepers) process.kill(keeper, 'SIGKILL');
    launcher.kill('SIGKILL');
    await sleep(300);
    expect(runs(child)).toBe(true);

    expect(await stopLeftover(home, partOf(PATIENT))).toBe(true);
    expect(runs(child)).toBe(false);
  });
});
