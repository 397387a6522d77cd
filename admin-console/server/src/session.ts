import { z } from 'zod';

/** What the session cookie holds, encrypted. Times are milliseconds since 1970. */
export const sessionSchema = z.object({
  id: z.string(),
  user: z.string(),
  name: z.string(),
  role: z.string(),
  offices: z.array(z.string()),
  accessToken: z.string(),
  accessTokenEndsAt: z.number(),
  refreshToken: z.string().optional(),
  /** Kept only to end the issuer's session on sign-out without a question. */
  idToken: z.string().optional(),
  startedAt: z.number(),
  seenAt: z.number(),
  /** How often the tokens were renewed: tells which of two copies of one session is the newer. */
  renewals: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

export interface SessionLimits {
  idleSeconds: number;
  maximumSeconds: number;
}

/** Tokens are renewed when they end within this time, so that none ends on its way to a service. */
const renewBeforeMilliseconds = 60_000;
/** The cookie is written again at most once in this time, rather than with each answer. */
const noteSeenEveryMilliseconds = 60_000;

/** When the session ends if its user does nothing more: idle or at its maximum age, whichever is first (S8). */
export function endsAt(session: Session, limits: SessionLimits): number {
  const idle = session.seenAt + limits.idleSeconds * 1000;
  return Math.min(idle, session.startedAt + limits.maximumSeconds * 1000);
}

export function isOver(session: Session, limits: SessionLimits, now: number): boolean {
  return now >= endsAt(session, limits);
}

export function needsRenewal(session: Session, now: number): boolean {
  return session.accessTokenEndsAt - now < renewBeforeMilliseconds;
}

/** The session with the time of this request noted, when that is worth a new cookie. */
export function seen(session: Session, now: number): Session {
  return now - session.seenAt < noteSeenEveryMilliseconds ? session : { ...session, seenAt: now };
}

/** What the browser may know about its session; when it began tells a new one from the one before. */
export function identityOf({ user, name, role, offices, startedAt }: Session) {
  return { user, name, role, offices, signedInAt: startedAt };
}
