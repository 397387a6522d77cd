import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@recoup/service-kit';
import { nothingOpen, tooManyLines } from './lock-target.js';
import { requireEligible } from './require-eligible.js';

function refusal(work: () => void): DomainError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as DomainError;
  }
}

describe('what an account’s status does not allow', () => {
  it('is refused with the field that named the account, and with what would be right', () => {
    const refused = refusal(() =>
      requireEligible('refer', { status: 'frozen' }, 'nothing of it is referred', 'invoiceId'),
    );
    expect(refused).toMatchObject({ code: 'frozen', message: 'The account is frozen; nothing of it is referred.' });
    expect(refused?.errors).toEqual([
      { field: 'invoiceId', message: 'is of an account that is frozen', expected: 'an account that is active' },
    ]);
    expect(refusal(() => requireEligible('write-off', { status: 'closed' }, 'x'))?.errors).toMatchObject([
      { field: 'accountId', expected: 'an account that is active or frozen' },
    ]);
    expect(refusal(() => requireEligible('freeze-rollback', { status: 'active' }, 'x'))?.code).toBe('not-frozen');
  });

  it('is all that is refused', () => {
    expect(refusal(() => requireEligible('recall', { status: 'closed' }, 'x'))).toBeUndefined();
    expect(refusal(() => requireEligible('write-off', { status: 'frozen' }, 'x'))).toBeUndefined();
  });
});

describe('a target of which nothing, or too much, is open', () => {
  it('is refused by the field that named it', () => {
    for (const refused of [nothingOpen('at AGENCY', 'billLineId'), tooManyLines(500, 'billLineId')])
      expect((refused as DomainError).errors).toMatchObject([{ field: 'billLineId', expected: expect.any(String) }]);
  });
});
