import { describe, expect, it } from '@jest/globals';
import { auditChanges } from './auditChanges.js';

describe('the changes of a line of the audit', () => {
  it('are the fields that differ, without ids', () => {
    expect(auditChanges({ stage: 'not-set', note: 'a' }, { stage: 'sent', note: 'a', referralId: '1' })).toEqual([
      { field: 'stage', before: 'not-set', after: 'sent' },
    ]);
  });

  it('tell of lists and of what was not there before', () => {
    expect(auditChanges({ flags: [] }, { flags: ['vip', 'old'] })).toEqual([
      { field: 'flags', before: '', after: 'vip, old' },
    ]);
    expect(auditChanges(null, { amount: 5 })).toEqual([{ field: 'amount', before: undefined, after: '5' }]);
    expect(auditChanges(null, 'text')).toEqual([]);
  });
});
