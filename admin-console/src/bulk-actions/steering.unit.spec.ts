import { describe, expect, it } from '@jest/globals';
import { notUndoable, type BulkAction } from './bulkAction.js';
import { maySteer, undoWords } from './steering.js';

function previewed(type: BulkAction['type'], warnings: string[] = []): BulkAction {
  const counts = { selected: 2, eligible: 2, skipped: 0, done: 0, failed: 0 };
  const sums = { totals: [], officeTotals: [], previewedTotals: [], reasons: {} };
  const times = { createdAt: '', startedAt: null, finishedAt: null, asOf: null };
  const rest = {
    id: 'a',
    status: 'preview',
    parameters: {},
    hash: null,
    actor: 'supervisor',
    undoOf: null,
    undoes: null,
    undoneBy: [] as BulkAction['undoneBy'],
  } as const;
  return { ...rest, ...sums, ...times, type, warnings, counts };
}

describe('what is said of taking an action back', () => {
  it('is another thing for an export, which changes nothing, than for an undo, which changes back', () => {
    expect(undoWords(previewed('export'))).toBe('changesNothing');
    expect(undoWords(previewed('undo'))).toBe('changesBack');
    expect(undoWords(previewed('write-off'))).toBe('canUndo');
    expect(undoWords(previewed('send-to-arm', [notUndoable]))).toBe('cannotUndo');
  });
});

const collector = (type: string): boolean => type === 'flags';

describe('who may steer an action', () => {
  it('is who may the action itself, of an undo the one undone', () => {
    expect(maySteer('flags', undefined, collector)).toBe(true);
    expect(maySteer('write-off', undefined, collector)).toBe(false);
    expect(maySteer('undo', 'flags', collector)).toBe(true);
    expect(maySteer('undo', 'write-off', collector)).toBe(false);
  });

  it('is nobody while it is not known what is undone', () => {
    expect(maySteer('undo', undefined, () => true)).toBe(false);
  });
});
