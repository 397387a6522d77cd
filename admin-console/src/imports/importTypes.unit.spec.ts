import { describe, expect, it } from '@jest/globals';
import { shownStatus, type ImportRun } from './importTypes.js';

const run: ImportRun = {
  id: 'i',
  fileName: 'books.csv',
  mapping: 'recoup',
  status: 'cancelled',
  actor: 'sam',
  bytes: 0,
  counts: { rows: 0, booked: 0, known: 0, refused: 0, warnings: 0 },
  createdAt: '2026-11-28T12:00:00.000Z',
  finishedAt: '2026-11-28T12:00:01.000Z',
  lastError: null,
};

describe('an import', () => {
  it('that somebody stopped is shown so, and one whose file did not come whole as not taken', () => {
    expect(shownStatus(run)).toBe('cancelled');
    expect(shownStatus({ ...run, lastError: 'The ledger stopped while it read the file.' })).toBe('not-taken');
    const paused = { ...run, counts: { ...run.counts, rows: 5_000 }, lastError: 'chunk 3: no such column' };
    expect(shownStatus({ ...paused, status: 'paused' })).toBe('paused');
    expect(shownStatus(paused)).toBe('cancelled');
  });
});
