import { describe, expect, it } from '@jest/globals';
import {
  amountNow,
  awaitsConfirmation,
  countsToTell,
  effectOf,
  hasUndo,
  isFinished,
  isLive,
  progressOf,
  sayingOf,
  takenBack,
  timeLeft,
  type BulkAction,
  type BulkActionItem,
} from './bulkAction.js';

describe('the progress of a bulk action', () => {
  const counts = { selected: 120, eligible: 100, skipped: 20, done: 40, failed: 5 };

  it('counts what was skipped at the preview neither as done nor as to do', () => {
    expect(progressOf(counts)).toEqual({ settled: 45, all: 100, share: 0.45 });
  });

  it('counts what was skipped while it ran', () => {
    expect(progressOf({ ...counts, skipped: 30 }).settled).toBe(55);
  });

  it('is whole when there was nothing to do', () => {
    expect(progressOf({ selected: 3, eligible: 0, skipped: 3, done: 0, failed: 0 }).share).toBe(1);
  });

  it('tells the time left only at a known rate', () => {
    expect(timeLeft(counts, 11)).toBe(5000);
    expect(timeLeft(counts, 0)).toBeUndefined();
    expect(timeLeft(counts, null)).toBeUndefined();
  });

  it('is live or finished by its status', () => {
    expect(isLive('running')).toBe(true);
    expect(isLive('preview')).toBe(false);
    expect(isFinished('completed-with-failures')).toBe(true);
    expect(awaitsConfirmation('preview')).toBe(true);
    expect(awaitsConfirmation('awaiting-approval')).toBe(true);
    expect(awaitsConfirmation('running')).toBe(false);
  });
});

describe('what is said of a bulk action', () => {
  const previewedTotals = [{ currency: 'USD', amount: 900 }];
  const totals = [{ currency: 'USD', amount: 600 }];
  const counts = { selected: 4, eligible: 3, skipped: 2, done: 2, failed: 0 };
  const action = { status: 'running', counts, totals, previewedTotals } as BulkAction;

  it('is what was previewed until it has ended, and then what was done and to how many of them', () => {
    expect(sayingOf(action)).toEqual({ words: 'words', count: 3, of: 3, totals: previewedTotals });
    expect(sayingOf({ ...action, status: 'completed' })).toEqual({ words: 'done', count: 2, of: 3, totals });
  });
});

describe('the counts on a small screen', () => {
  it('tell what was done always, and what was left out or failed where something was', () => {
    const counts = { selected: 4, eligible: 3, skipped: 2, done: 0, failed: 0 };
    expect(countsToTell(counts)).toEqual(['done', 'skipped']);
    expect(countsToTell({ ...counts, skipped: 0, failed: 1 })).toEqual(['done', 'failed']);
  });
});

describe('an action that was undone', () => {
  const counts = { selected: 4, eligible: 4, skipped: 0, done: 4, failed: 0 };
  const undo = { id: 'u', status: 'completed', done: 4 } as const;

  it('says whether all of it, a part of it or nothing was taken back', () => {
    expect(takenBack({ counts, undoneBy: [undo] })).toBe('all');
    expect(takenBack({ counts, undoneBy: [{ ...undo, done: 3 }] })).toBe('part');
    expect(
      takenBack({
        counts,
        undoneBy: [
          { ...undo, done: 1 },
          { ...undo, status: 'cancelled', done: 3 },
        ],
      }),
    ).toBe('all');
    expect(takenBack({ counts, undoneBy: [{ ...undo, status: 'running', done: 1 }] })).toBe('running');
    for (const undoneBy of [[], [{ ...undo, status: 'preview', done: 0 } as const]])
      expect(takenBack({ counts, undoneBy })).toBeUndefined();
  });

  it('can be undone again only when its undo was cancelled', () => {
    expect(hasUndo({ undoneBy: [{ ...undo, status: 'cancelled', done: 1 }] })).toBe(false);
    expect(hasUndo({ undoneBy: [{ ...undo, status: 'preview', done: 0 }] })).toBe(true);
  });
});

describe('the amount of an account', () => {
  const skipped = { amount: 0, previewedAmount: 0, currentAmount: 164_956, status: 'skipped' } as BulkActionItem;

  it('is what it owes today while the action is previewed, also where it is left out', () => {
    expect(amountNow(skipped, false)).toBe(164_956);
    expect(amountNow({ ...skipped, currentAmount: null, amount: 5 }, false)).toBe(5);
  });

  it('is what came of it in the end', () => {
    expect(amountNow(skipped, true)).toBe(0);
  });
});

describe('the heading over what an action did with amounts', () => {
  it('says sent where they went into a file, and booked where the books moved', () => {
    expect(effectOf({ type: 'send-to-arm' })).toBe('bulkActions.sent');
    expect(effectOf({ type: 'write-off' })).toBe('bulkActions.booked');
  });
});
