/**
 * Keeps one child alive exactly as long as its launcher lives. The launcher holds the other end of this process's
 * standard input: when it closes, by a clean stop or because the launcher was killed, the child is told to stop and,
 * past the limit, killed. It runs in a session of its own, so that Ctrl-C in the terminal reaches only the launcher,
 * which then stops the parts in order.
 */
import { spawn } from 'node:child_process';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { markOf } from './processes.js';
import type { KeeperOrder } from './part.js';

function main(order: KeeperOrder): void {
  const log = openSync(order.logFile, 'a');
  const child = spawn(order.command, order.args, {
    cwd: order.cwd,
    stdio: ['ignore', log, log],
    ...(order.uid === undefined ? {} : { uid: order.uid }),
    ...(order.gid === undefined ? {} : { gid: order.gid }),
  });
  let stopping = false;

  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    child.kill(order.stopSignal);
    setTimeout(() => child.kill('SIGKILL'), order.stopLimitMs);
  };
  const record = (): void => {
    const mark = child.pid === undefined ? undefined : markOf(child.pid);
    if (mark === undefined) return;
    writeFileSync(join(order.runFolder, `${order.name}.json`), JSON.stringify(mark));
    writeFileSync(join(order.runFolder, `${order.name}.pid`), `${mark.pid}\n`);
  };

  child.on('spawn', record);
  child.on('error', (error) => {
    writeFileSync(log, `${order.command} could not be started: ${error.message}\n`);
    process.exit(127);
  });
  child.on('exit', (code, name) => {
    for (const kind of ['json', 'pid']) rmSync(join(order.runFolder, `${order.name}.${kind}`), { force: true });
    process.exit(code ?? 128 + (name === null ? 0 : constants.signals[name]));
  });
  process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop);
}

main(JSON.parse(process.argv[2] ?? '{}') as KeeperOrder);
