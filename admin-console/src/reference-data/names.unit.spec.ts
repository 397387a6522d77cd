import { describe, expect, it } from '@jest/globals';
import { cameOf, nameFinder } from './names.js';

const named = [{ code: 'coupon', name: 'Courtesy' }];

describe('the name of a code', () => {
  it('is not known until names have come', () => {
    expect(nameFinder(cameOf({ data: undefined, isError: false }))('coupon')).toBeUndefined();
    expect(nameFinder(cameOf({ data: named, isError: false }))('coupon')).toBe('Courtesy');
  });

  it('is the code itself, or another that is known, where names came without it or did not come', () => {
    expect(nameFinder(named)('EXCOL')).toBe('EXCOL');
    expect(nameFinder(named, (code) => `shipped ${code}`)('EXCOL')).toBe('shipped EXCOL');
    expect(nameFinder(cameOf<{ code: string; name: string }>({ data: undefined, isError: true }))('coupon')).toBe(
      'coupon',
    );
  });
});
