import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { toldRow, unended } from './import.js';

const program = fileURLToPath(new URL('./main.js', import.meta.url));
const run = (...given: string[]) => spawnSync(process.execPath, [program, ...given], { encoding: 'utf8' });

describe('npm run recoup', () => {
  it.each([['--help'], ['-h'], ['import', '--help']])(
    'shows its commands when it is asked for help: %s',
    (...given) => {
      const { status, stdout, stderr } = run(...given);
      expect([status, stdout.split('\n')[0], stderr]).toEqual([0, 'Use one of', '']);
    },
  );

  it('shows them as a refusal where it was not understood', () => {
    const { status, stdout, stderr } = run('imporrt');
    expect([status, stdout, stderr.split('\n')[0]]).toEqual([64, '', 'unknown command imporrt']);
  });
});

describe('the mapping of an import', () => {
  it('that looks like a file and is none is named, before anything is asked of Recoup', () => {
    const { status, stderr } = run('import', program, '--mapping', 'none.json');
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^There is no file .*none\.json with a mapping\./)]);
  });

  it('may be the name of a kept one, which has dots too', () => {
    const { stderr } = run('import', `${program}.none`, '--mapping', 'clients.v1');
    expect(stderr).toMatch(/^There is no file .*main\.js\.none\./);
  });
});

describe('a row of an import’s report', () => {
  const row = { line: 4, column: 'Mail', reason: 'unusable-contact', detail: 'is no e-mail address', outcome: null };
  const warned = { ...row, severity: 'warning' as const };

  it('says beside a warning what became of the row', () => {
    expect(toldRow({ ...warned, outcome: 'booked' })).toBe(
      'line 4, Mail: is no e-mail address (unusable-contact), booked all the same',
    );
    expect(toldRow({ ...warned, outcome: 'unchanged' })).toContain('), known before and left as it was');
    expect(toldRow({ ...warned, outcome: 'refused' })).toContain('), refused for another reason');
    expect(toldRow({ ...row, severity: 'refused', outcome: 'refused' })).toMatch(/\)$/);
  });
});

describe('an import that ended before its rows were booked', () => {
  const counts = { rows: 0, booked: 0, known: 0, refused: 0, warnings: 0 };

  it('is told with the reason and what to do', () => {
    expect(unended({ id: 'i', status: 'cancelled', counts, lastError: null })).toBe(
      'The import i is cancelled. Run the import again: what is booked already is not booked twice.',
    );
    expect(unended({ id: 'i', status: 'paused', counts, lastError: 'chunk 3: no such column' })).toBe(
      'The import i is paused. chunk 3: no such column. When that is mended, resume it on its page of the console.',
    );
  });
});
