import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a secret of the home folder, or makes it: mode 600, written beside and renamed so that no half of it is ever read. */
export function secretFile(home: string, name: string, make: () => string): { path: string; text: string } {
  const path = join(home, 'keys', name);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${process.pid}`;
    writeFileSync(beside, make(), { mode: 0o600 });
    renameSync(beside, path);
  }
  return { path, text: readFileSync(path, 'utf8').trim() };
}

/** Password of one database role or user, kept in `<home>/keys`. */
export function password(home: string, role: string): string {
  return secretFile(home, `password-${role}`, () => randomBytes(24).toString('base64url')).text;
}

/** Path of the keys that encrypt contact data: `{"current": id, "keys": {id: base64 of 32 bytes}}`. */
export function contactKeysFile(home: string): string {
  return secretFile(home, 'contact-keys.json', newContactKeys).path;
}

function newContactKeys(): string {
  return JSON.stringify({ current: 'local-1', keys: { 'local-1': randomBytes(32).toString('base64') } }, null, 2);
}

/** Path of the key that seals the console's sessions: base64 of 32 bytes. */
export function sessionKeyFile(home: string): string {
  return secretFile(home, 'console-session-key', () => randomBytes(32).toString('base64')).path;
}
