import { describe, expect, it } from '@jest/globals';
import type { BulkAction } from '../bulk-actions/bulkAction.js';
import { merged } from './progressList.js';

function action(id: string, done: number, status: BulkAction['status'] = 'running'): BulkAction {
  return {
    id,
    type: 'flags',
    status,
    parameters: {},
    hash: null,
    asOf: null,
    actor: 'supervisor',
    createdAt: '',
    startedAt: '',
    finishedAt: null,
    counts: { selected: 100, eligible: 100, skipped: 0, done, failed: 0 },
    totals: [],
    officeTotals: [],
    previewedTotals: [],
    reasons: {},
    warnings: [],
    undoOf: null,
    undoes: null,
    undoneBy: [],
  };
}

describe('the progress list', () => {
  it('keeps an action once, the newest first', () => {
    const list = merged(merged(merged([], action('a', 0), 0), action('b', 0), 10), action('a', 5), 1000);
    expect(list.map((each) => each.action.id)).toEqual(['b', 'a']);
    expect(list[1]?.action.counts.done).toBe(5);
  });

  it('measures the rate from state to state, and smooths it', () => {
    let list = merged([], action('a', 0), 0);
    list = merged(list, action('a', 20), 1000);
    expect(list[0]?.rate).toBe(20);
    list = merged(list, action('a', 20), 1400);
    expect(list[0]?.rate).toBe(20);
    list = merged(list, action('a', 60), 2000);
    expect(list[0]?.rate).toBeCloseTo(26);
  });

  it('has no rate once nothing moves any more', () => {
    const list = merged(
      merged(merged([], action('a', 0), 0), action('a', 50), 1000),
      action('a', 100, 'completed'),
      2000,
    );
    expect(list[0]?.rate).toBeUndefined();
  });
});
