import { beforeEach, describe, expect, it } from '@jest/globals';
import { keepDraft, readDraft } from './referDraft.js';
import { notBegun } from './referSteps.js';

const kept = new Map<string, string>();
const storage: Storage = {
  get length() {
    return kept.size;
  },
  clear: () => kept.clear(),
  getItem: (key) => kept.get(key) ?? null,
  key: () => null,
  removeItem: (key) => void kept.delete(key),
  setItem: (key, value) => void kept.set(key, value),
};
const typed = { reference: 'Sent in November', effectiveDate: '2026-11-22', typeCode: '' };
const filledIn = { ...notBegun, ...typed, step: 'write-off' } as const;
const none = { reference: '', effectiveDate: '', typeCode: '' };

beforeEach(() => kept.clear());

describe('what was filled in of a referral', () => {
  it('is there again when its page is opened anew, for its own account only', () => {
    keepDraft(storage, 'a1', filledIn);
    expect(readDraft(storage, 'a1')).toEqual(typed);
    expect(readDraft(storage, 'a2')).toEqual(none);
  });

  it('is kept no longer than until it is booked', () => {
    for (const booked of [
      { ...filledIn, step: 'queue', lines: [{ id: 'b1', openAmount: 1 }] },
      { ...filledIn, step: 'done' },
    ] as const) {
      keepDraft(storage, 'a1', filledIn);
      keepDraft(storage, 'a1', booked);
      expect(kept.size).toBe(0);
    }
    keepDraft(storage, 'a1', notBegun);
    expect(kept.size).toBe(0);
  });

  it('is nothing where it can not be read, or nothing is kept', () => {
    for (const text of ['{', '[1]', '{"reference":1}', '{"other":"x"}']) {
      kept.set('recoup.refer.a1', text);
      expect(readDraft(storage, 'a1')).toEqual(none);
    }
    expect(readDraft(undefined, 'a1')).toEqual(none);
  });
});
