import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from './home.js';

/**
 * Style is held by this test (style, rule 15): what a noun file may import, who may know whom, no dead file, no type
 * given up, no test switched off, nothing left for later, and files of a size that can be read.
 */
const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const linesMax = 300;
/** A spec is a list of cases and may be longer; the console's texts are a dictionary of any length. */
const specLinesMax = 420;

const text = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A spec that names forbidden words to look for them is not an offender. */
const self = 'tools/src/tidy.unit.spec.ts';

function offenders(pattern: RegExp, among: readonly string[] = sources): string[] {
  return among.filter((path) => path !== self && pattern.test(text(path)));
}

function imports(path: string): string[] {
  return [...text(path).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

/** Where rules live; the kit's own tests of cost 'unit' may touch Nest's metadata. */
const ruleFolders = /^(libs\/(contracts|receivables|file-exchange)|services\/[^/]+)\/src\//;

describe('The code base', () => {
  it('has no type given up, no test switched off or singled out, nothing left for later', () => {
    expect(offenders(/(:\s*any\b|\bas any\b|<any>|as unknown as|@ts-ignore|@ts-nocheck|@ts-expect-error)/)).toEqual([]);
    expect(offenders(/\b(it|test|describe)\.(skip|only|todo)\b|\bx(it|describe)\(/)).toEqual([]);
    expect(offenders(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  it('keeps contracts free of everything but zod', () => {
    const allowed = /^(zod$|\.|node:)/;
    const inContracts = sources.filter(
      (path) => path.startsWith('libs/contracts/src/') && !/\.spec\.ts$|generate|\/publication\//.test(path),
    );
    expect(
      inContracts.flatMap((path) =>
        imports(path)
          .filter((name) => !allowed.test(name) || name.startsWith('node:'))
          .map((name) => `${path}: ${name}`),
      ),
    ).toEqual([]);
  });

  it('lets services know each other through contracts only', () => {
    const crossing = sources
      .filter((path) => path.startsWith('services/'))
      .flatMap((path) => imports(path).map((name) => ({ path, name })))
      .filter(({ path, name }) => {
        const own = path.split('/')[1];
        const other = name.startsWith('.')
          ? relative(root, resolve(root, dirname(path), name)).match(/^services\/([^/]+)/)?.[1]
          : name.match(/^@recoup\/(ledger|collections|precollections|messaging)\b/)?.[1];
        return other !== undefined && other !== own;
      });
    expect(crossing).toEqual([]);
  });

  it('keeps rules pure: what has a unit spec beside it imports no Nest, ORM or Kafka', () => {
    const nouns = sources.filter(
      (path) => ruleFolders.test(path) && sources.includes(path.replace(/\.ts$/, '.unit.spec.ts')),
    );
    const impure = nouns.flatMap((path) =>
      imports(path)
        .filter((name) => /^(@nestjs|@mikro-orm|kafkajs|kysely|pg$)/.test(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(nouns.length).toBeGreaterThan(5);
    expect(impure).toEqual([]);
  });

  it('has no dead file: each is imported, run or named somewhere', () => {
    const everything = sources.map((path) => text(path)).join('\n') + configuration();
    const dead = sources.filter((path) => {
      if (
        /\.spec\.tsx?$|\.d\.ts$|(^|\/)(main|index|start|test|generate|bootstrap)\.(ts|tsx|mjs)$|config\.(js|mjs|ts)$/.test(
          path,
        )
      )
        return false;
      const name =
        path
          .split('/')
          .at(-1)
          ?.replace(/\.(tsx?|mjs)$/, '') ?? path;
      return !new RegExp(`['"\`/]${name}(\\.m?js|\\.tsx?)?['"\`?]`).test(everything);
    });
    expect(dead).toEqual([]);
  });

  it(`has no file of more than ${linesMax} lines, or ${specLinesMax} of a spec`, () => {
    const code = sources.filter((path) => !path.includes('/i18n/'));
    expect(code.filter((path) => text(path).split('\n').length > linesMaxOf(path))).toEqual([]);
  });

  it('runs every spec: each has its compiled file where jest looks', () => {
    const specs = sources.filter((path) => /\.spec\.tsx?$/.test(path));
    expect(specs.filter((path) => !existsSync(join(root, compiledOf(path))))).toEqual([]);
  });

  it('imports no test runner into what ships', () => {
    const shipped = sources.filter(
      (path) => /^(libs|services|admin-console)\//.test(path) && !/\.spec\.tsx?$|\/testing\//.test(path),
    );
    expect(shipped.filter((path) => imports(path).includes('@jest/globals'))).toEqual([]);
  });
});

function configuration(): string {
  const files = execFileSync('git', ['ls-files', '*.json', '*.html', '*.yml', '*.md', 'Dockerfile', '*.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  return files
    .split('\n')
    .filter((path) => path !== '' && !path.endsWith('package-lock.json') && existsSync(join(root, path)))
    .map((path) => text(path))
    .join('\n');
}

/** Where the compiler puts a source; the console's own is bundled, so its tests are compiled apart. */
function compiledOf(path: string): string {
  const folder = path.startsWith('admin-console/src/') ? '/build/dist/' : '/dist/';
  return path.replace('/src/', folder).replace(/\.tsx?$/, '.js');
}

function linesMaxOf(path: string): number {
  return /\.spec\.tsx?$/.test(path) ? specLinesMax : linesMax;
}
