import { describe, expect, it } from '@jest/globals';
import { fieldName, labelKeys, placeOf, problemOfField, remainderOf } from './fieldProblem.js';

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

describe('what is left to be told of a refusal', () => {
  const amount = { field: 'amount', message: 'is more than is open' };
  const day = { field: 'effectiveDate', message: 'is before the invoice' };

  it('is what no field of the form tells', () => {
    expect(remainderOf([amount, day], new Map())).toEqual({ untold: [amount, day], fields: undefined });
    expect(remainderOf([amount, day], new Map([['amount', 'marked']]))).toEqual({ untold: [day], fields: 'marked' });
  });

  it('is that marks stand above as long as one does, and afterwards that they were mended', () => {
    const one = new Map([['amount', 'mended'] as const, ['effectiveDate', 'marked'] as const]);
    expect(remainderOf([amount, day], one)).toEqual({ untold: [], fields: 'marked' });
    const both = new Map([['amount', 'mended'] as const, ['effectiveDate', 'mended'] as const]);
    expect(remainderOf([amount, day], both)).toEqual({ untold: [], fields: 'mended' });
  });
});
