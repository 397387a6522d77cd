import { describe, expect, it } from '@jest/globals';
import { eligibilityRows, ineligible, type EligibilityAction } from './eligibility.js';

/** Every cell by hand: action, then what an active, a frozen and a closed account says to it. */
const cells: [EligibilityAction, string | null, string | null, string | null][] = [
  ['flags', null, null, null],
  ['export', null, null, null],
  ['recall', null, null, null],
  ['update-stage', null, null, 'closed'],
  ['write-off', null, null, 'closed'],
  ['send-to-arm', null, 'frozen', 'closed'],
  ['placement-file', null, 'frozen', 'closed'],
  ['refer', null, 'frozen', 'closed'],
  ['add-fees', null, 'frozen', 'closed'],
  ['send-message', null, 'frozen', 'closed'],
  ['overdue-event', null, 'frozen', 'closed'],
  ['freeze', null, 'already-frozen', 'closed'],
  ['freeze-rollback', 'not-frozen', null, 'closed'],
];

describe('eligibility', () => {
  it.each(cells)('%s: active %s, frozen %s, closed %s', (action, active, frozen, closed) => {
    expect(ineligible(action, 'active')).toBe(active);
    expect(ineligible(action, 'frozen')).toBe(frozen);
    expect(ineligible(action, 'closed')).toBe(closed);
    expect(eligibilityRows(action)).toEqual([
      { action, status: 'active', reason: active },
      { action, status: 'frozen', reason: frozen },
      { action, status: 'closed', reason: closed },
    ]);
  });
});
