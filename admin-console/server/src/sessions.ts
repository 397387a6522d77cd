import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from './config.js';
import type { Cookies } from './cookies.js';
import { RenewalRefused, type Identity } from './identity.js';
import { endsAt, isOver, needsRenewal, seen, sessionSchema, type Session } from './session.js';

const cookieName = 'recoup';
const maximumRemembered = 10_000;

/**
 * Finds the session of a request, renews its tokens in time and writes the cookie when it changed. The cookie is the
 * truth; what is remembered here bridges only the seconds in which a browser still sends an older cookie.
 */
export class Sessions {
  /** The newest copy of a session by its id: requests sent before a renewal reached the browser are served by it. */
  private readonly newest = new Map<string, Session>();
  /** One renewal a session at a time: a second use of a rotated refresh token would end the session. */
  private readonly renewing = new Map<string, Promise<Session>>();
  private readonly ended = new Set<string>();
  private readonly streams = new Map<string, Set<() => void>>();

  constructor(
    private readonly config: Config,
    private readonly cookies: Cookies,
    private readonly identity: Identity,
  ) {}

  /**
   * The session of the request, or undefined. `active` says whether the request counts as its user's activity; an
   * event stream, which reconnects by itself, does not. Throws when tokens must be renewed and the issuer is silent.
   */
  async of(request: IncomingMessage, response: ServerResponse, active: boolean): Promise<Session | undefined> {
    const sent = await this.read(request);
    if (sent === undefined) return undefined;
    const now = Date.now();
    if (this.ended.has(sent.id) || isOver(sent, this.config, now)) {
      this.cookies.clear(request, response, cookieName);
      return undefined;
    }
    try {
      const current = await this.renewed(sent, now);
      const session = active ? seen(current, now) : current;
      if (session !== sent) {
        remember(this.newest, session.id, session);
        await this.write(response, session);
      }
      return session;
    } catch (error) {
      if (!(error instanceof RenewalRefused)) throw error;
      this.forget(sent.id);
      this.cookies.clear(request, response, cookieName);
      return undefined;
    }
  }

  /** The session that the cookie holds, over or not. */
  async read(request: IncomingMessage): Promise<Session | undefined> {
    const parsed = sessionSchema.safeParse(await this.cookies.read(request, cookieName));
    return parsed.success ? parsed.data : undefined;
  }

  async write(response: ServerResponse, session: Session): Promise<void> {
    await this.cookies.write(response, cookieName, session);
  }

  /** Ends the session here: its cookie goes, copies of it are refused, its streams are closed. Returns its newest copy. */
  end(request: IncomingMessage, response: ServerResponse, session: Session): Session {
    const newest = this.newest.get(session.id) ?? session;
    this.forget(session.id);
    this.cookies.clear(request, response, cookieName);
    return newest;
  }

  /** Calls `close` once: when the session ends, its access token ends (a stream then reconnects), or by `release`. */
  closeInTime(session: Session, close: () => void): { release: () => void } {
    const streams = this.streams.get(session.id) ?? new Set();
    this.streams.set(session.id, streams.add(close));
    const last = Math.min(endsAt(session, this.config), session.accessTokenEndsAt);
    const timer = setTimeout(close, Math.max(0, last - Date.now()));
    return {
      release: () => {
        clearTimeout(timer);
        streams.delete(close);
        if (streams.size === 0) this.streams.delete(session.id);
      },
    };
  }

  private async renewed(sent: Session, now: number): Promise<Session> {
    const known = this.newest.get(sent.id);
    const newest = known !== undefined && known.renewals > sent.renewals ? laterSeen(known, sent) : sent;
    if (!needsRenewal(newest, now)) return newest;
    const running = this.renewing.get(sent.id);
    if (running !== undefined) return running;
    const renewal = this.renew(newest, now).finally(() => this.renewing.delete(sent.id));
    this.renewing.set(sent.id, renewal);
    return renewal;
  }

  private async renew(session: Session, now: number): Promise<Session> {
    try {
      const renewed = await this.identity.renew(session);
      remember(this.newest, renewed.id, renewed);
      return renewed;
    } catch (error) {
      // An issuer that is away for a moment need not be noticed while the token still holds.
      if (!(error instanceof RenewalRefused) && session.accessTokenEndsAt > now) return session;
      throw error;
    }
  }

  private forget(id: string): void {
    this.newest.delete(id);
    this.ended.add(id);
    const oldest = this.ended.values().next().value;
    if (this.ended.size > maximumRemembered && oldest !== undefined) this.ended.delete(oldest);
    for (const close of this.streams.get(id) ?? []) close();
  }
}

function laterSeen(known: Session, sent: Session): Session {
  return { ...known, seenAt: Math.max(known.seenAt, sent.seenAt) };
}

/** The oldest entries go first; whoever comes back after that signs in again. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > maximumRemembered && oldest !== undefined) map.delete(oldest);
}
