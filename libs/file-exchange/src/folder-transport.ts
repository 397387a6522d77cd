import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '@recoup/service-kit';
import { FileConflict, type Transport, type Written } from './transport.js';

/** Names are made by us: one path segment that can't leave its folder (S14). */
const safeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Delivers into `<root>/<recipient>/out/<name>`. A file is written beside its place as `<name>.part`, brought to disk, read
 * back and compared, and only then gets its name. The name is given by a hard link, which unlike a rename can't replace
 * a file; where the file system has no links, a rename after a look does it.
 */
export class FolderTransport implements Transport {
  constructor(private readonly root: string) {}

  async put(recipient: string, name: string, chunks: AsyncIterable<Uint8Array>, accept: () => void): Promise<Written> {
    for (const part of [recipient, name])
      if (!safeName.test(part)) throw new Error(`${JSON.stringify(part)} is not a safe file name`);
    const folder = join(this.root, recipient, 'out');
    const target = join(folder, name);
    const part = `${target}.part`;
    await mkdir(folder, { recursive: true });
    const written = await writePart(part, chunks);
    try {
      accept();
      const found = await readBack(part);
      if (found.bytes !== written.bytes || found.checksum !== written.checksum)
        throw new Error(`${name} reads back differently than written`);
      await giveName(part, target, name, written);
    } finally {
      await unlink(part).catch(ignoreMissing);
    }
    await syncFolder(folder);
    return written;
  }
}

async function writePart(path: string, chunks: AsyncIterable<Uint8Array>): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'w', 0o640);
  try {
    for await (const chunk of chunks) {
      await writeWhole(file, chunk);
      hash.update(chunk);
      bytes += chunk.length;
      failpoint('file-chunk-written');
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, checksum: hash.digest('hex') };
}

async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.length;) offset += (await file.write(chunk, offset)).bytesWritten;
}

async function readBack(path: string): Promise<Written> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A file is read as bytes');
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, checksum: hash.digest('hex') };
}

/** A file of that name with the same bytes is a delivery that was cut off before it was noted: nothing is left to do. */
async function giveName(part: string, target: string, name: string, written: Written): Promise<void> {
  const existing = await readBack(target).catch(ignoreMissing);
  if (existing) {
    if (existing.checksum !== written.checksum) throw new FileConflict(name);
    return;
  }
  try {
    await link(part, target);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new FileConflict(name);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errorCode(error))) throw error;
    await rename(part, target);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function ignoreMissing(error: unknown): undefined {
  if (errorCode(error) !== 'ENOENT') throw error;
  return undefined;
}
