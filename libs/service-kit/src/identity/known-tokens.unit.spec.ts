import { describe, expect, it } from '@jest/globals';
import type { Actor } from './actor.js';
import { KnownTokens } from './known-tokens.js';

const ada: Actor = { user: 'ada', name: 'Ada', role: 'collector', offices: ['MAD'] };

function at(startMs: number): { tokens: KnownTokens; pass: (ms: number) => void } {
  let now = startMs;
  return { tokens: new KnownTokens(() => now), pass: (ms) => void (now += ms) };
}

describe('known tokens', () => {
  it('are those that were kept, to the letter', () => {
    const { tokens } = at(0);
    tokens.keep('a.b.c', { actor: ada, expiresAtMs: 30_000 });
    expect(tokens.actorOf('a.b.c')).toEqual(ada);
    expect(tokens.actorOf('a.b.d')).toBeUndefined();
  });

  it('are known no longer than they are good', () => {
    const { tokens, pass } = at(0);
    tokens.keep('a.b.c', { actor: ada, expiresAtMs: 30_000 });
    pass(29_999);
    expect(tokens.actorOf('a.b.c')).toEqual(ada);
    pass(1);
    expect(tokens.actorOf('a.b.c')).toBeUndefined();
  });

  it('are verified again each minute, for the issuer may have withdrawn the key', () => {
    const { tokens, pass } = at(0);
    tokens.keep('a.b.c', { actor: ada, expiresAtMs: 3_600_000 });
    pass(60_000);
    expect(tokens.actorOf('a.b.c')).toBeUndefined();
  });

  it('are a thousand at most', () => {
    const { tokens } = at(0);
    for (let n = 0; n <= 1_000; n += 1) tokens.keep(`token ${n}`, { actor: ada, expiresAtMs: 30_000 });
    expect(tokens.actorOf('token 999')).toEqual(ada);
    expect(tokens.actorOf('token 1000')).toBeUndefined();
  });
});
