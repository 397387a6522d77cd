import { describe, expect, it } from '@jest/globals';
import { irreversible, mirrored, selfSides, transactionKinds } from './posting-rules.js';

describe('the posting rules', () => {
  it.each([
    ['charge', 'receivable:self', 'income'],
    ['receipt', 'cash', 'account-credit'],
    ['allocation', 'account-credit', 'receivable:self'],
    ['write-off', 'write-off:coupon', 'receivable:self'],
  ] as const)('%s debits %s and credits %s', (entry, debit, credit) => {
    expect(selfSides(entry, 'coupon')).toEqual({ debit, credit });
    expect(mirrored(selfSides(entry, 'coupon'))).toEqual({ debit: credit, credit: debit });
  });

  it('let be reversed what charges or moves a debt, and not what took back another', () => {
    const reversible = transactionKinds.filter((kind) => irreversible(kind) === null);
    expect(reversible).toEqual([
      'invoice',
      'payment',
      'credit-application',
      'write-off',
      'adjustment',
      'queueing',
      'referral',
      'recall',
    ]);
  });
});
