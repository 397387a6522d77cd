import { describe, expect, it } from '@jest/globals';
import { joined } from './joined.js';

describe('two dictionaries', () => {
  it('are joined section by section, and neither is changed', () => {
    const first = { menu: { a: 'A' }, only: 'x' };
    const second = { menu: { b: 'B' }, other: { c: 'C' } };
    expect(joined(first, second)).toEqual({ menu: { a: 'A', b: 'B' }, only: 'x', other: { c: 'C' } });
    expect(first).toEqual({ menu: { a: 'A' }, only: 'x' });
  });
});
