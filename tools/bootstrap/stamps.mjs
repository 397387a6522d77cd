// Stamps tell a start what is already done. Plain JavaScript: this runs before anything is installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE_FOLDERS = ['libs', 'services', 'admin-console', 'tools', 'bench', 'e2e'];
const SOURCE_FILES = ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json'];
const NOT_SOURCE = new Set(['node_modules', 'dist', '.nx', '.recoup', 'coverage']);

/** The text of a stamp file, or undefined when it does not exist. */
export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** Stores a stamp. */
export function writeStamp(path, stamp) {
  writeFileSync(path, `${stamp}\n`);
}

/** SHA-256 of a file, in hex. */
export function fileStamp(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** SHA-256 over path, size and time of change of every source file below the root: changes whenever a build is due. */
export function sourceStamp(root) {
  const hash = createHash('sha256');
  for (const file of SOURCE_FILES) add(hash, root, file);
  for (const folder of SOURCE_FOLDERS) walk(hash, root, folder);
  return hash.digest('hex');
}

function walk(hash, root, folder) {
  if (!existsSync(join(root, folder))) return;
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    if (NOT_SOURCE.has(entry.name)) continue;
    if (entry.isDirectory()) walk(hash, root, join(folder, entry.name));
    else add(hash, root, join(folder, entry.name));
  }
}

function add(hash, root, file) {
  const { size, mtimeMs } = statSync(join(root, file), { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 };
  hash.update(`${file}\0${size}\0${mtimeMs}\n`);
}

/**
 * Whether every package of the lock is installed in its version. Packages that a platform may lack are left out, as
 * are the workspaces. It spares a second install to those who ran npm themselves.
 */
export function isInstalled(root) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages);
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return wanted.every(
    ([path, { version, link, optional }]) =>
      !path.includes('node_modules/') || link || optional || present[path]?.version === version,
  );
}

/** Workspaces that have a build but no output: someone cleaned them, and the stamp of the sources cannot know. */
export function unbuilt(root) {
  const workspaces = SOURCE_FOLDERS.flatMap((folder) => {
    if (existsSync(join(root, folder, 'package.json'))) return [folder];
    if (!existsSync(join(root, folder))) return [];
    return readdirSync(join(root, folder)).map((name) => join(folder, name));
  });
  return workspaces.filter(
    (folder) => existsSync(join(root, folder, 'package.json')) && !existsSync(join(root, folder, 'dist')),
  );
}
