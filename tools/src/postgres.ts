import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Failure, messageOf } from './failure.js';
import type { Part } from './part.js';
import { checkEnterable, postgresBinaries, serverUser, type ServerUser } from './postgres-installation.js';
import { password } from './secrets.js';

const STOP_LIMIT_MS = 60_000;
const SMALL_SHARED_MEMORY_BYTES = 256 * 1024 * 1024;

/** Superuser URL of the local server. */
export function superuserUrl(home: string, port: number): string {
  return `postgres://postgres:${password(home, 'postgres')}@127.0.0.1:${port}/postgres`;
}

/** Creates the data folder once. It is built beside and renamed, so that a start that is cut short leaves no half of one. */
function initialize(folder: string, binaries: string, user: ServerUser, superuserPassword: string): void {
  const data = join(folder, 'data');
  if (existsSync(data)) return;
  const building = join(folder, 'data.new');
  rmSync(building, { recursive: true, force: true });
  const passwordFile = join(folder, 'initial-password');
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(passwordFile, user.uid, user.gid);
  const authentication = ['-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  // The built-in locale sorts and folds the same on every machine, whatever C library it has.
  const text = ['-E', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'];
  try {
    execFileSync(join(binaries, 'initdb'), ['-D', building, ...authentication, ...text, '--no-instructions'], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
  } catch (error) {
    throw new Failure(`PostgreSQL's initdb failed: ${messageOf(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(building, data);
}

/** Removes a pid file whose process is no PostgreSQL of this folder: ids repeat after a restart of the machine. */
function removeStalePidFile(data: string): void {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path) || process.platform !== 'linux') return;
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes('postgres') && command.includes(data)) return;
  } catch {
    // No such process: the file is stale.
  }
  rmSync(path, { force: true });
}

function settings(port: number): string[] {
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    shared_buffers: '512MB',
    max_connections: '200',
    max_wal_size: '4GB',
    max_locks_per_transaction: '256',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
  };
  if (process.platform === 'linux' && sharedMemoryIsSmall()) values['dynamic_shared_memory_type'] = 'mmap';
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Containers often have 64 MB of shared memory, on which a parallel query of a large report fails. */
function sharedMemoryIsSmall(): boolean {
  try {
    const { bsize, blocks } = statfsSync('/dev/shm');
    return bsize * blocks < SMALL_SHARED_MEMORY_BYTES;
  } catch {
    return true;
  }
}

/** Prepares `<home>/postgres` and describes the server on the port. Throws a Failure where PostgreSQL cannot run. */
export function postgresPart(home: string, port: number): Part {
  const folder = join(home, 'postgres');
  const binaries = postgresBinaries();
  const user = serverUser();
  mkdirSync(folder, { recursive: true });
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  checkEnterable(folder, binaries, user);
  initialize(folder, binaries, user, password(home, 'postgres'));
  const data = join(folder, 'data');
  removeStalePidFile(data);
  return {
    name: 'postgres',
    command: join(binaries, 'postgres'),
    args: ['-D', data, ...settings(port)],
    cwd: folder,
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' },
    ...user,
    // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
    stopSignal: 'SIGINT',
    stopLimitMs: STOP_LIMIT_MS,
  };
}

/** Waits until the server answers a query; throws a Failure after the limit, or as soon as `ended` says that it has gone. */
export async function waitForPostgres(
  url: string,
  limitMs = 60_000,
  hasEnded: () => boolean = () => false,
): Promise<void> {
  const end = Date.now() + limitMs;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (error) {
      if (hasEnded()) throw new Failure('PostgreSQL ended while it was starting.');
      if (Date.now() > end) throw new Failure(`PostgreSQL does not answer: ${messageOf(error)}`);
    } finally {
      await client.end().catch(() => undefined);
    }
    await sleep(100);
  }
}
