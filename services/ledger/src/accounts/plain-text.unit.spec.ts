import { describe, expect, it } from '@jest/globals';
import { firstCharacters } from './plain-text.js';

describe('the first characters of a text', () => {
  it('never end in half of one', () => {
    expect([
      firstCharacters('abc', 2),
      firstCharacters('abc', 3),
      firstCharacters('a😀b', 2),
      firstCharacters('a😀b', 3),
    ]).toEqual(['ab', 'abc', 'a', 'a😀']);
  });
});
