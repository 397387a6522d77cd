import { describe, expect, it } from '@jest/globals';
import { shownOutcome, shownStatus, type ImportRun, type Rejection } from './importTypes.js';

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

describe('a warning of a row', () => {
  const warning: Rejection = { id: '1', line: 2, column: 'Mail', value: null, reason: 'x', severity: 'warning' };

  it('says that the row was booked only where it was', () => {
    expect(shownOutcome({ ...warning, outcome: 'booked' }, 'completed')).toBe('booked');
    expect(shownOutcome({ ...warning, outcome: 'unchanged' }, 'completed')).toBe('unchanged');
    expect(shownOutcome({ ...warning, outcome: 'refused' }, 'running')).toBe('refusedOtherwise');
    expect(shownOutcome({ ...warning, outcome: null }, 'running')).toBe('notYet');
    expect(shownOutcome({ ...warning, outcome: null }, 'cancelled')).toBe('notBooked');
    expect(shownOutcome(warning, 'completed')).toBe('warning');
    expect(shownOutcome({ ...warning, severity: 'refused', outcome: 'refused' }, 'cancelled')).toBe('refused');
  });
});
