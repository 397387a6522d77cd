import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addContactKey } from './contact-keys.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recoup-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('A new contact key', () => {
  it('becomes the current one beside those that still decrypt', () => {
    const path = join(folder, 'contact-keys.json');
    writeFileSync(path, JSON.stringify({ current: 'local-1', keys: { 'local-1': 'b25l', 'local-2': 'dHdv' } }));
    expect(addContactKey(path)).toBe('local-3');
    expect(addContactKey(path)).toBe('local-4');
    const ring = JSON.parse(readFileSync(path, 'utf8'));
    expect(ring).toMatchObject({ current: 'local-4', keys: { 'local-1': 'b25l', 'local-2': 'dHdv' } });
    expect(Object.keys(ring.keys)).toHaveLength(4);
    expect(Buffer.from(ring.keys['local-4'], 'base64')).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
