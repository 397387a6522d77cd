import { describe, expect, it } from '@jest/globals';
import { fewestInUse, unnamed, withInUse, type CustomWriteOff } from './writeOffSettings.js';

function writeOff(number: number, name: string, used = false): CustomWriteOff {
  return { number, code: `custom-write-off-${number}`, name, plural: name, used };
}

describe('the settings of custom write-offs', () => {
  const known = [writeOff(1, 'Hardship', true), writeOff(2, 'Collection Agency', true), writeOff(3, 'Dispute')];

  it('show one field more for each that is added, and keep what was typed when the number comes down and goes up', () => {
    expect(withInUse(known, 4).map(({ name }) => name)).toEqual(['Hardship', 'Collection Agency', 'Dispute', '']);
    expect(withInUse(known, 1)).toEqual([known[0]]);
    expect(withInUse(known, 3)).toEqual(known);
    expect(withInUse([], 0)).toEqual([]);
  });

  it('can not drop below those used', () => {
    expect(fewestInUse({ inUse: 3, writeOffs: known, version: 1 })).toBe(2);
    expect(fewestInUse({ inUse: 0, writeOffs: [], version: 1 })).toBe(0);
  });

  it('are complete when each has both names, which may be equal, and say which has not', () => {
    expect(unnamed(known)).toEqual([]);
    expect(unnamed(withInUse(known, 5))).toEqual([4, 5]);
    expect(unnamed([{ ...writeOff(1, 'Sent'), plural: ' ' }, writeOff(2, 'Kept')])).toEqual([1]);
  });
});
