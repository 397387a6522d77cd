import { describe, expect, it } from '@jest/globals';
import { isCode } from './codes.js';

describe('a code', () => {
  it('begins with a letter or digit and has no blanks', () => {
    expect(['watch', 'VIP-2', '9.a_b', ' late '].filter(isCode)).toEqual(['watch', 'VIP-2', '9.a_b', ' late ']);
    expect(['', ' ', 'two words', '-first', 'größe', 'a/b'].filter(isCode)).toEqual([]);
  });
});
