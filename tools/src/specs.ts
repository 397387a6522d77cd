import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Compiled spec files by what they need, as paths relative to the root. */
export interface Specs {
  /** Unit and integration specs: one jest run over all. */
  quick: string[];
  /** End-to-end specs: one at a time, for each starts a whole Recoup and a browser. */
  endToEnd: string[];
}

const FOLDERS = ['libs', 'services', 'admin-console', 'tools', 'bench', 'e2e'];
const SPEC = /\.(unit|int|e2e)\.spec\.js$/;

/**
 * Every compiled spec whose path contains one of the patterns (all when there are none). One whose source has gone is
 * passed over: tsc leaves the output of deleted files behind.
 */
export function findSpecs(root: string, patterns: readonly string[] = []): Specs {
  const all = FOLDERS.flatMap((folder) => walk(join(root, folder), false))
    .filter((path) => hasSource(path))
    .map((path) => relative(root, path))
    .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))
    .toSorted();
  return {
    quick: all.filter((path) => !path.endsWith('.e2e.spec.js')),
    endToEnd: all.filter((path) => path.endsWith('.e2e.spec.js')),
  };
}

function walk(folder: string, compiled: boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path, compiled || entry.name === 'dist');
    return compiled && SPEC.test(entry.name) ? [path] : [];
  });
}

function hasSource(path: string): boolean {
  const map = `${path}.map`;
  if (!existsSync(map)) return true;
  const content: unknown = JSON.parse(readFileSync(map, 'utf8'));
  if (typeof content !== 'object' || content === null || !('sources' in content)) return true;
  const [source] = Array.isArray(content.sources) ? content.sources : [];
  return typeof source !== 'string' || existsSync(resolve(dirname(path), source));
}
