import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Config } from './config.js';
import type { Cookies } from './cookies.js';
import { crossSiteProblem } from './cross-site.js';
import type { Identity } from './identity.js';
import { notSignedIn, sendProblem } from './problem.js';
import { identityOf } from './session.js';
import type { Sessions } from './sessions.js';

const attemptCookie = 'recoup-sign-in';
const attemptSeconds = 30 * 60;
const attemptSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() });

export interface AuthParts {
  config: Config;
  cookies: Cookies;
  identity: Identity;
  sessions: Sessions;
}

/**
 * Routes of the session (CON-1):
 * - `GET /auth/sign-in?returnTo=` sends the browser to the issuer; `returnTo` is a path of the console.
 * - `GET /auth/callback` takes the code and starts the session.
 * - `GET /auth/me` answers `{name, user, role, offices, signedInAt, testClock}`, or 401.
 * - `POST /auth/sign-out` ends the session and answers `{redirectTo}`: where the browser goes to end the issuer's too.
 */
export function authRoutes(parts: AuthParts): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/sign-in', (request, response) => signIn(parts, request, response));
  router.get('/callback', (request, response) => callback(parts, request, response));
  router.get('/me', (request, response) => me(parts, request, response));
  router.post('/sign-out', (request, response) => signOut(parts, request, response));
  return router;
}

async function signIn({ config, cookies, identity }: AuthParts, request: Request, response: Response): Promise<void> {
  if (!(await answers(identity))) return failed(response, 503, 'The identity provider does not answer at the moment.');
  const { attempt, url } = await identity.begin(localPath(request.query['returnTo'], config.consoleUrl));
  await cookies.write(response, attemptCookie, attempt, attemptSeconds);
  response.redirect(303, url.href);
}

async function callback(parts: AuthParts, request: Request, response: Response): Promise<void> {
  const { config, cookies, identity, sessions } = parts;
  const attempt = attemptSchema.safeParse(await cookies.read(request, attemptCookie));
  cookies.clear(request, response, attemptCookie);
  if (!attempt.success)
    return failed(response, 400, 'This sign-in was left open for too long, or began in another browser.');
  if (!(await answers(identity))) return failed(response, 503, 'The identity provider does not answer at the moment.');
  try {
    const session = await identity.finish(new URL(request.originalUrl, config.consoleUrl), attempt.data);
    await sessions.write(response, session);
  } catch (error) {
    // The reason is for the operator; the person can only try again.
    console.error('console: sign-in failed:', error instanceof Error ? error.message : error);
    return failed(response, 400, 'The identity provider did not confirm this sign-in.');
  }
  response.redirect(303, attempt.data.returnTo);
}

async function me({ config, sessions }: AuthParts, request: Request, response: Response): Promise<void> {
  const session = await sessions.of(request, response, true);
  if (session === undefined) return sendProblem(response, notSignedIn);
  response.json({ ...identityOf(session), testClock: config.testClock });
}

async function signOut(parts: AuthParts, request: Request, response: Response): Promise<void> {
  const problem = crossSiteProblem(request, parts.config.consoleUrl);
  if (problem !== undefined) return sendProblem(response, problem);
  const sent = await parts.sessions.read(request);
  if (sent === undefined) return void response.json({ redirectTo: '/' });
  const session = parts.sessions.end(request, response, sent);
  try {
    response.json({ redirectTo: (await parts.identity.end(session)).href });
  } catch {
    // The session is over here in any case; the issuer's own ends at its time.
    response.json({ redirectTo: '/' });
  }
}

/** A path of this console, or `/`: nobody can be sent elsewhere by a link to the sign-in. */
export function localPath(value: unknown, consoleUrl: string): string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.length > 1_000) return '/';
  const url = URL.parse(value, consoleUrl);
  return url !== null && url.origin === consoleUrl ? `${url.pathname}${url.search}${url.hash}` : '/';
}

function failed(response: Response, status: number, reason: string): void {
  response.status(status).type('html').send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Sign-in did not work · Recoup</title></head>
<body><main><h1>Sign-in did not work</h1><p>${reason}</p><p><a href="/auth/sign-in">Sign in again</a></p></main></body></html>`);
}

function answers(identity: Identity): Promise<boolean> {
  return identity.discover().then(
    () => true,
    () => false,
  );
}
