import { describe, expect, it } from '@jest/globals';
import { draftOf, keepDraft } from './referDraft.js';
import { notBegun } from './referSteps.js';

const typed = { reference: 'Sent in November', effectiveDate: '2026-11-22', typeCode: '' };
const filledIn = { ...notBegun, ...typed, step: 'write-off' } as const;
const none = { reference: '', effectiveDate: '', typeCode: '' };

describe('what was filled in of a referral', () => {
  it('is there again when its page is opened anew, for its own account only', () => {
    keepDraft('a1', filledIn);
    expect(draftOf('a1')).toEqual(typed);
    expect(draftOf('a2')).toEqual(none);
  });

  it('is kept no longer than until it is booked', () => {
    for (const booked of [
      { ...filledIn, step: 'queue', lines: [{ id: 'b1', openAmount: 1 }] },
      { ...filledIn, step: 'done' },
    ] as const) {
      keepDraft('a1', filledIn);
      keepDraft('a1', booked);
      expect(draftOf('a1')).toEqual(none);
    }
    keepDraft('a1', filledIn);
    keepDraft('a1', notBegun);
    expect(draftOf('a1')).toEqual(none);
  });
});
