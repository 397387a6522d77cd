import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consoleClientSecret } from './issuer/keys.js';
import { password, readOrCreate } from './secrets.js';

describe('A secret', () => {
  let home: string;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'recoup-secrets-'));
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is made once, for its owner alone, and read without the blanks around it', () => {
    const path = join(home, 'keys', 'one');
    expect(readOrCreate(path, () => ' first\n')).toBe('first');
    expect(readOrCreate(path, () => 'second')).toBe('first');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'keys')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(home, 'keys'))).toEqual(['one']);
  });

  it('is another for each role and client, and the same at the next start', () => {
    const first = secretsOf(home);
    expect(new Set(first).size).toBe(3);
    expect(secretsOf(home)).toEqual(first);
  });
});

function secretsOf(home: string): string[] {
  return [password(home, 'a'), password(home, 'b'), consoleClientSecret(join(home, 'client'))];
}
