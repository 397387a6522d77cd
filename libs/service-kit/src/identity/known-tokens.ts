import { hash } from 'node:crypto';
import type { Actor } from './actor.js';

const windowMs = 60_000;
const tokensMax = 1_000;

interface KnownToken {
  readonly actor: Actor;
  readonly expiresAtMs: number;
}

/**
 * Tokens that were found good within the last minute, by their hash: a signature costs as much as a statement, and a person
 * at a page or a script in a loop sends the same token again and again. Never longer than the token itself is good.
 */
export class KnownTokens {
  private known = new Map<string, KnownToken>();
  private windowEndsAt = 0;

  constructor(private readonly nowMs: () => number = Date.now) {}

  /** Who a known token speaks for; undefined when it has to be verified. */
  actorOf(token: string): Actor | undefined {
    this.turnWindow();
    const found = this.known.get(keyOf(token));
    return found && this.nowMs() < found.expiresAtMs ? found.actor : undefined;
  }

  /** Keeps a token that was verified. When there is no room it is verified again the next time. */
  keep(token: string, known: KnownToken): void {
    this.turnWindow();
    if (this.known.size < tokensMax) this.known.set(keyOf(token), known);
  }

  private turnWindow(): void {
    const now = this.nowMs();
    if (now < this.windowEndsAt) return;
    this.windowEndsAt = now + windowMs;
    this.known = new Map();
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
