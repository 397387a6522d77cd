import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a secret from its file, or makes it: mode 600, written beside and renamed so that no half of it is ever read. */
export function readOrCreate(path: string, make: () => string): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${process.pid}.part`;
    writeFileSync(beside, make(), { mode: 0o600 });
    renameSync(beside, path);
  }
  return readFileSync(path, 'utf8').trim();
}

/** Path of a secret in `<home>/keys`, which is made when it is not there yet. */
function secretFile(home: string, name: string, make: () => string): string {
  const path = join(home, 'keys', name);
  readOrCreate(path, make);
  return path;
}

/** Password of one database role or user, kept in `<home>/keys`. */
export function password(home: string, role: string): string {
  return readOrCreate(join(home, 'keys', `password-${role}`), () => randomBytes(24).toString('base64url'));
}

/** Path of the keys that encrypt contact data: `{"current": id, "keys": {id: base64 of 32 bytes}}`. */
export function contactKeysFile(home: string): string {
  return secretFile(home, 'contact-keys.json', newContactKeys);
}

function newContactKeys(): string {
  return JSON.stringify({ current: 'local-1', keys: { 'local-1': randomBytes(32).toString('base64') } }, null, 2);
}

/** Path of the key that seals the console's sessions: base64 of 32 bytes. */
export function sessionKeyFile(home: string): string {
  return secretFile(home, 'console-session-key', () => randomBytes(32).toString('base64'));
}
