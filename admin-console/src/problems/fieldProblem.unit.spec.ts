import { describe, expect, it } from '@jest/globals';
import { expectationOf, fieldName, labelKeys, placeOf, problemOfField } from './fieldProblem.js';

describe('a field that a service refused', () => {
  it('is named without its place in a list, which is counted from 1', () => {
    expect(fieldName('writeOffs.0.amount')).toBe('writeOffs.amount');
    expect(placeOf('writeOffs.0.amount')).toBe(1);
    expect(placeOf('effectiveDate')).toBeUndefined();
    expect(labelKeys('writeOffs.0.amount')).toEqual(['writeOffs-amount', 'amount']);
    expect(labelKeys('groupNumber')).toEqual(['groupNumber']);
  });

  it('is found by its name, whatever its place', () => {
    const errors = [
      { field: 'writeOffs.2.name', message: 'is needed' },
      { field: 'inUse', message: 'is too small' },
    ];
    expect(problemOfField(errors, 'inUse')).toBe(errors[1]);
    expect(problemOfField(errors, 'writeOffs.2.name')).toBe(errors[0]);
    expect(problemOfField(errors, 'writeOffs.name')).toBe(errors[0]);
    expect(problemOfField(errors, 'writeOffs.1.name')).toBeUndefined();
  });
});

const expectation = (field: string, expected?: string) => expectationOf({ field, message: 'is wrong', expected });

describe('what would be right', () => {
  it('is a limit: a day, an amount of minor units, or a number', () => {
    expect(expectation('effectiveDate', 'at least 2026-01-05')).toEqual({ bound: 'atLeast', day: '2026-01-05' });
    expect(expectation('writeOffs.1.amount', 'at most 12000')).toEqual({ bound: 'atMost', amount: 12_000 });
    expect(expectation('allocations', 'at most 500 in all')).toEqual({ bound: 'atMost', amount: 500 });
    expect(expectation('inUse', 'at least 2')).toEqual({ bound: 'atLeast', number: 2 });
  });

  it('is not said where it is meant for programs', () => {
    expect(expectation('payerCode', 'a code of GET payers')).toBeUndefined();
    expect(expectation('reason', 'asked-for | court-order')).toBeUndefined();
    expect(expectation('reason')).toBeUndefined();
  });
});
