import type { Identity } from './identity.js';
import { goToSignIn } from './signIn.js';

/** Whether this page may still ask in its user's name, and if not, who else has signed in meanwhile. */
export type SessionState = { over: false } | { over: true; other: Pick<Identity, 'name' | 'user'> | undefined };

/**
 * The session under an open page. When it ends, what the page asks waits instead of failing, so that nothing on it is lost;
 * it goes on when the same person has signed in again, in another tab. Anybody else's session would be asked in their
 * name for what this page shows of another, so for that the page has to be loaded anew.
 */
export class PageSession {
  private identity: Identity | undefined;
  private state: SessionState = { over: false };
  private waiting: PromiseWithResolvers<void> | undefined;
  private readonly listeners = new Set<() => void>();

  /** `leave` sends the browser away to sign in; a page that was nobody's yet has nothing to lose. */
  constructor(private readonly leave: () => void) {}

  /** The page belongs to this person from now on. */
  begin(identity: Identity): void {
    this.identity = identity;
  }

  /** Resolves when the session goes on. Told by whoever was answered that there is none. */
  renewed(): Promise<void> {
    if (!this.identity) this.leave();
    this.waiting ??= Promise.withResolvers();
    if (this.identity && !this.state.over) this.become({ over: true, other: undefined });
    return this.waiting.promise;
  }

  /** Who is signed in now; the session that had ended is not taken for a new one. */
  found(identity: Identity): void {
    const before = this.identity;
    if (!this.state.over || !before || identity.signedInAt === before.signedInAt) return;
    if (!samePerson(before, identity)) return this.become({ over: true, other: identity });
    this.identity = identity;
    this.become({ over: false });
    this.waiting?.resolve();
    this.waiting = undefined;
  }

  /** As React reads a store. */
  readonly snapshot = (): SessionState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private become(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** With another role or other offices the page would offer what is refused now. */
function samePerson(a: Identity, b: Identity): boolean {
  return a.user === b.user && a.role === b.role && a.offices.join() === b.offices.join();
}

export const pageSession = new PageSession(goToSignIn);

/** Waits until the session of this page goes on. */
export function sessionRenewed(): Promise<void> {
  return pageSession.renewed();
}
