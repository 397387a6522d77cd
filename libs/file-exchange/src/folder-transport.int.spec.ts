import { mkdtemp, readFile, readdir, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FolderTransport } from './folder-transport.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'recoup-folder-'));
});
afterEach(() => rm(root, { recursive: true }));

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array, void> {
  for (const text of texts) yield Buffer.from(text);
}

async function* broken(): AsyncGenerator<Uint8Array, void> {
  yield Buffer.from('some');
  throw new Error('refused');
}

const accept = (): void => undefined;

describe('the folder transport', () => {
  it('leaves the whole file under its name and nothing else', async () => {
    const written = await new FolderTransport(root).put('ARM', 'ARM-1.csv', bytes('one,', 'two'), accept);
    expect(written).toMatchObject({ bytes: 7 });
    expect(await readdir(join(root, 'ARM', 'out'))).toEqual(['ARM-1.csv']);
    expect(await readFile(join(root, 'ARM', 'out', 'ARM-1.csv'), 'utf8')).toBe('one,two');
  });

  it('takes the same file twice and never replaces a different one', async () => {
    const transport = new FolderTransport(root);
    await transport.put('ARM', 'ARM-1.csv', bytes('first'), accept);
    await transport.put('ARM', 'ARM-1.csv', bytes('first'), accept);
    await expect(transport.put('ARM', 'ARM-1.csv', bytes('second'), accept)).rejects.toThrow(
      'A different file named ARM-1.csv',
    );
    expect(await readFile(join(root, 'ARM', 'out', 'ARM-1.csv'), 'utf8')).toBe('first');
    expect(await readdir(join(root, 'ARM', 'out'))).toEqual(['ARM-1.csv']);
  });

  it('writes over what a killed process left half written', async () => {
    await mkdir(join(root, 'ARM', 'out'), { recursive: true });
    await writeFile(join(root, 'ARM', 'out', 'ARM-1.csv.part'), 'half of a much longer file');
    await new FolderTransport(root).put('ARM', 'ARM-1.csv', bytes('whole'), accept);
    expect(await readFile(join(root, 'ARM', 'out', 'ARM-1.csv'), 'utf8')).toBe('whole');
  });

  it('shows no file whose rows were refused or whose content was not accepted', async () => {
    const transport = new FolderTransport(root);
    await expect(transport.put('ARM', 'ARM-1.csv', broken(), accept)).rejects.toThrow('refused');
    await expect(
      transport.put('ARM', 'ARM-1.csv', bytes('all'), () => {
        throw new Error('not what it must be');
      }),
    ).rejects.toThrow('not what it must be');
    expect((await readdir(join(root, 'ARM', 'out'))).filter((name) => !name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    ['../ARM', 'x.csv'],
    ['ARM', '../x.csv'],
    ['ARM', 'a/b.csv'],
    ['ARM', '.hidden'],
    ['', 'x.csv'],
  ])('refuses the place %j, name %j', async (recipient, name) => {
    await expect(new FolderTransport(root).put(recipient, name, bytes('x'), accept)).rejects.toThrow(
      'not a safe file name',
    );
  });
});
