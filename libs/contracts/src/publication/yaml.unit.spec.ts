import { describe, expect, it } from '@jest/globals';
import { toYaml } from './yaml.js';

describe('toYaml', () => {
  it('writes nested data, with keys in their order and texts quoted', () => {
    const data = { b: 1, 'recoup.events': { on: true, list: ['a: b', { c: null, 'x y': [] }, {}], none: {} } };
    expect(toYaml(data)).toBe(
      [
        'b: 1',
        'recoup.events:',
        '  "on": true',
        '  list:',
        '    - "a: b"',
        '    -',
        '      c: null',
        '      "x y": []',
        '    - {}',
        '  none: {}',
        '',
      ].join('\n'),
    );
  });

  it('escapes what would end a text', () => {
    expect(toYaml({ a: 'say "no"\nthen #' })).toBe('a: "say \\"no\\"\\nthen #"\n');
  });
});
