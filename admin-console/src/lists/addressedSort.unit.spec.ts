import { describe, expect, it } from '@jest/globals';
import { readSort, writtenSort } from './addressedSort.js';

const newestFirst = { field: 'effectiveDate', order: 'DESC' } as const;

describe('the sort of a list in its address', () => {
  it('is read as it was written', () => {
    for (const sort of [newestFirst, { field: 'amount', order: 'ASC' }] as const)
      expect(readSort(writtenSort(sort, newestFirst) ?? null, newestFirst)).toEqual(sort);
  });

  it('is not written where it holds anyway', () => {
    expect(writtenSort(newestFirst, newestFirst)).toBeUndefined();
    expect(writtenSort({ ...newestFirst, order: 'ASC' }, newestFirst)).toBe('effectiveDate.ASC');
  });

  it('is the usual one where the address asks for none that can be', () => {
    for (const asked of [null, '', 'amount', 'amount.UP', 'a b.ASC', `${'x'.repeat(41)}.ASC`])
      expect(readSort(asked, newestFirst)).toEqual(newestFirst);
  });
});
