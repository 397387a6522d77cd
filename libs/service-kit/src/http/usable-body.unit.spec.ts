import { describe, expect, it } from '@jest/globals';
import { DomainError } from './problem.js';
import { requireUsableBody } from './usable-body.js';

function refusal(body: unknown): DomainError['errors'] {
  try {
    requireUsableBody(body);
    return [];
  } catch (error) {
    return (error as DomainError).errors;
  }
}

function nested(levels: number): unknown {
  let value: unknown = 'text';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

describe('a body', () => {
  it('with a character that no database takes is refused by its field, wherever it stands', () => {
    for (const bad of ['a\u0000b', '\uD83D', '\uDE00\uD83D']) {
      expect(refusal({ reason: bad })).toMatchObject([
        { field: 'reason', expected: expect.stringContaining('U+0000') },
      ]);
      expect(refusal({ lines: [{}, { description: bad }] })).toMatchObject([{ field: 'lines.1.description' }]);
      expect(refusal({ contact: { [bad]: 1 } })).toMatchObject([{ field: 'contact' }]);
      expect(refusal(bad)).toMatchObject([{ field: '' }]);
    }
  });

  it('with a character that is not seen, or that turns what follows, is refused by its field', () => {
    for (const bad of ['Ann\u202eeeL', 'An\u200bn'])
      expect(refusal({ contact: { name: bad } })).toMatchObject([
        { field: 'contact.name', expected: 'text of visible characters' },
      ]);
  });

  it('of whole characters passes, and so does none at all', () => {
    expect(refusal({ name: 'Zoë 😀', amounts: [1, null, true], none: undefined })).toEqual([]);
    expect(refusal(undefined)).toEqual([]);
  });

  it('is refused where it is nested deeper than any request, however deep that is', () => {
    expect(refusal(nested(32))).toEqual([]);
    for (const levels of [33, 400_000])
      expect(refusal(nested(levels))).toMatchObject([{ message: 'is nested too deep' }]);
  });
});
