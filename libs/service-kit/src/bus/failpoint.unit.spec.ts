import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const module = fileURLToPath(new URL('failpoint.js', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recoup-failpoints-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that passes a place three times and says so each time. */
function passing(place: string): { passed: string; signal: string | null; pid: number } {
  const program = `const { failpoint } = await import(${JSON.stringify(module)});
    for (const pass of [1, 2, 3]) { failpoint(${JSON.stringify(place)}); console.log(pass); }`;
  const env = { ...process.env, RECOUP_FAILPOINTS_DIR: folder, RECOUP_INSTANCE: 'ledger' };
  const { stdout, signal, pid } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { env });
  return { passed: String(stdout).replaceAll('\n', ''), signal, pid };
}

describe('A planned failure', () => {
  it('ends the process at its place, once, and leaves a note of it', () => {
    writeFileSync(join(folder, 'ledger'), 'relay-acked@2');
    const ended = passing('relay-acked');
    expect(ended).toMatchObject({ passed: '1', signal: 'SIGKILL' });
    const note: unknown = JSON.parse(readFileSync(join(folder, 'ledger.ended'), 'utf8'));
    expect(note).toEqual({ failpoint: 'relay-acked', pid: ended.pid });
    expect(passing('relay-acked')).toMatchObject({ passed: '123', signal: null });
  });

  it('that is not passed leaves no note, though its plan was taken', () => {
    writeFileSync(join(folder, 'ledger'), 'relay-acked@2');
    expect(passing('batch-committed')).toMatchObject({ passed: '123', signal: null });
    expect([existsSync(join(folder, 'ledger')), existsSync(join(folder, 'ledger.ended'))]).toEqual([false, false]);
  });
});
