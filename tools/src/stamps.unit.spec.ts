import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fileStamp, isInstalled, readStamp, sourceStamp, unbuilt, writeStamp } from '../bootstrap/stamps.mjs';

let root: string;

function write(path: string, content: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}

function lock(version: string): string {
  return JSON.stringify({
    packages: {
      '': {},
      'services/ledger': { version: '0.1.0' },
      'node_modules/@recoup/ledger': { link: true },
      'node_modules/zod': { version },
      'node_modules/only-elsewhere': { version: '1.0.0', optional: true },
    },
  });
}

describe('stamps', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'recoup-stamps-'));
    write('package.json', '{}');
    write('services/ledger/package.json', '{}');
    write('services/ledger/src/main.ts', 'one');
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('stays while no source changes, whatever is installed or built', () => {
    const before = sourceStamp(root);
    write('services/ledger/dist/main.js', 'built');
    write('services/ledger/node_modules/some/index.js', 'installed');

    expect(sourceStamp(root)).toBe(before);
  });

  it('changes with a new file, another size and another time', () => {
    const stamps = [sourceStamp(root)];
    write('services/ledger/src/post.ts', 'two');
    stamps.push(sourceStamp(root));
    write('services/ledger/src/post.ts', 'three');
    stamps.push(sourceStamp(root));
    utimesSync(join(root, 'services/ledger/src/post.ts'), 1, 1);
    stamps.push(sourceStamp(root));

    expect(new Set(stamps).size).toBe(4);
  });

  it('finds the workspace without output', () => {
    expect(unbuilt(root)).toEqual(['services/ledger']);
    write('services/ledger/dist/main.js', 'built');
    expect(unbuilt(root)).toEqual([]);
  });

  it('reads back what it wrote, and nothing where nothing is', () => {
    const path = join(root, 'stamp');
    expect(readStamp(path)).toBeUndefined();
    writeStamp(path, fileStamp(join(root, 'package.json')));
    expect(readStamp(path)).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });

  it('takes packages for installed only when each has the version of the lock', () => {
    write('package-lock.json', lock('4.6.7'));
    expect(isInstalled(root)).toBe(false);
    write('node_modules/.package-lock.json', lock('4.6.7'));
    expect(isInstalled(root)).toBe(true);
    write('package-lock.json', lock('4.6.8'));
    expect(isInstalled(root)).toBe(false);
  });
});
