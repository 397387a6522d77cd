import { describe, expect, it } from '@jest/globals';
import { firstCharacters, isPlainText } from './plain-text.js';

describe('a text of one line', () => {
  it('holds any letters, and no control character or line end', () => {
    expect(['Ann O’Neill', '名前', '😀', ''].map(isPlainText)).toEqual([true, true, true, true]);
    expect(['a\nb', 'a\rb', '\t', '\u0000', '\u0085', '\u2028', '\u007f', '\ud83d'].map(isPlainText)).toEqual(
      Array(8).fill(false),
    );
  });
});

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
