import { describe, expect, it } from '@jest/globals';
import { mayAssign } from './payer.js';

describe('an assignment of a payer', () => {
  const nothing = { groupNumber: '', policyId: ' ' };

  it('needs group number and policy id unless the rules skip them', () => {
    expect(mayAssign({ skipGroupNumberCheck: false, skipPolicyIdCheck: false }, nothing)).toBe(false);
    expect(mayAssign({ skipGroupNumberCheck: true, skipPolicyIdCheck: false }, nothing)).toBe(false);
    expect(
      mayAssign({ skipGroupNumberCheck: true, skipPolicyIdCheck: false }, { groupNumber: '', policyId: 'P-1' }),
    ).toBe(true);
    expect(mayAssign({ skipGroupNumberCheck: true, skipPolicyIdCheck: true }, nothing)).toBe(true);
  });
});
