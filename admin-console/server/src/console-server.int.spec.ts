import { ServerResponse, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Cookies } from './cookies.js';
import { sessionSchema, type Session } from './session.js';
import { problem, seen } from './testing/answers.js';
import { Browser, locationOf } from './testing/browser.js';
import { startInstallation, type Installation } from './testing/installation.js';

let installation: Installation;
let browser: Browser;
const console1 = { 'x-recoup-console': '1' };

beforeAll(async () => {
  installation = await startInstallation();
});
afterAll(() => installation.close());
beforeEach(() => {
  browser = new Browser(installation.consoleUrl);
});

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !condition(); attempt += 1) await new Promise((done) => setTimeout(done, 10));
  expect(condition()).toBe(true);
}

/** Changes what the browser's session cookie holds, as time would. */
async function change(alter: (session: Session) => Partial<Session>): Promise<Session> {
  const cookies = new Cookies(installation.config.sessionKey, false);
  const request = new IncomingMessage(new Socket());
  request.headers.cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const session = sessionSchema.parse(await cookies.read(request, 'recoup'));
  const altered = { ...session, ...alter(session) };
  const response = new ServerResponse(request);
  await cookies.write(response, 'recoup', altered);
  for (const line of response.getHeader('set-cookie') as string[]) {
    const [pair = ''] = line.split(';');
    browser.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
  }
  return altered;
}

describe('signing in', () => {
  it('goes through the issuer and comes back to where the person was', async () => {
    const answer = await browser.signIn('supervisor', '/accounts?page=2#top');
    expect(answer.status).toBe(303);
    expect(locationOf(answer)).toBe('/accounts?page=2#top');
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('recoup='));
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const me = await browser.go('/auth/me');
    const supervisor = { name: 'Sam Supervisor', user: 'supervisor', role: 'supervisor', offices: ['*'] };
    expect(await me.json()).toEqual({ ...supervisor, testClock: true, signedInAt: expect.any(Number) });
  });

  it('refuses an answer of the issuer that this browser did not ask for', async () => {
    const answer = await browser.go('/auth/callback?code=x&state=y');
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Sign in again');
  });

  it('answers 401 without a session and with a cookie that is not ours', async () => {
    expect(await problem(await browser.go('/auth/me'))).toMatchObject({ status: 401, code: 'unauthenticated' });
    browser.cookies.set('recoup', 'eyJhbGciOiJkaXIifQ..a.b.c');
    expect((await browser.go('/auth/me')).status).toBe(401);
  });
});

describe('a session', () => {
  beforeEach(async () => void (await browser.signIn('collector')));

  it('ends when its user does nothing for an hour, and after twelve hours in any case', async () => {
    const session = await change(() => ({ seenAt: Date.now() - 3_601_000 }));
    expect((await browser.go('/auth/me')).status).toBe(401);
    expect(browser.cookies.has('recoup')).toBe(false);
    browser = new Browser(installation.consoleUrl);
    await browser.signIn('collector');
    await change(() => ({ startedAt: session.startedAt - 12 * 3_600_000 }));
    expect((await browser.go('/auth/me')).status).toBe(401);
  });

  it('renews its tokens once for all requests that come at the same time, and serves the stragglers', async () => {
    const before = await change(() => ({ accessTokenEndsAt: Date.now() }));
    const old = new Map(browser.cookies);
    const answers = await Promise.all(Array.from({ length: 6 }, () => browser.go('/api/ledger/accounts').then(seen)));
    const tokens = new Set(answers.map(({ headers }) => headers['authorization']));
    expect(tokens.size).toBe(1);
    expect(tokens.has(`Bearer ${before.accessToken}`)).toBe(false);
    for (const [name, value] of old) browser.cookies.set(name, value);
    expect(tokens.has((await seen(await browser.go('/api/ledger/accounts'))).headers['authorization'] ?? '')).toBe(
      true,
    );
    expect((await change(() => ({}))).renewals).toBe(1);
  });

  it('is over for every copy of its cookie once its user has signed out', async () => {
    const copy = new Map(browser.cookies);
    const { refreshToken } = await change(() => ({}));
    const answer = await browser.go('/auth/sign-out', { method: 'POST', headers: console1 });
    const { redirectTo } = (await answer.json()) as { redirectTo: string };
    expect(redirectTo).toContain(`${installation.issuerUrl}/session/end?`);
    expect(redirectTo).toContain('id_token_hint=');
    expect(browser.cookies.has('recoup')).toBe(false);
    for (const [name, value] of copy) browser.cookies.set(name, value);
    expect((await browser.go('/auth/me')).status).toBe(401);
    const basic = Buffer.from(`recoup-console:${installation.config.clientSecret}`).toString('base64');
    const renewal = await fetch(`${installation.issuerUrl}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '' }),
    });
    expect(renewal.status).toBe(400);
  });
});

async function openStream(): Promise<{ read(): Promise<string | undefined>; leave(): void }> {
  await browser.signIn('supervisor');
  const abort = new AbortController();
  const headers = { accept: 'text/event-stream' };
  const response = await browser.go('/api/collections/stream', { headers, signal: abort.signal });
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  return { read: async () => new TextDecoder().decode((await reader.read()).value), leave: () => abort.abort() };
}

describe('an event stream', () => {
  it('arrives at once, and is closed at the service when the browser leaves', async () => {
    const stream = await openStream();
    expect(await stream.read()).toBe('id: 1\ndata: first\n\n');
    expect(installation.upstream.openStreams()).toBe(1);
    stream.leave();
    await until(() => installation.upstream.openStreams() === 0);
  });

  it('ends when its user signs out', async () => {
    const stream = await openStream();
    await stream.read();
    await browser.go('/auth/sign-out', { method: 'POST', headers: console1 });
    expect(await stream.read()).toBe('');
    await until(() => installation.upstream.openStreams() === 0);
  });

  it('does not keep a session alive that nobody uses', async () => {
    const stream = await openStream();
    const { seenAt } = await change(() => ({ seenAt: Date.now() - 120_000 }));
    const headers = { accept: 'text/event-stream' };
    const again = await browser.go('/api/collections/stream', { headers });
    await again.body?.cancel();
    expect((await change(() => ({}))).seenAt).toBe(seenAt);
    stream.leave();
  });
});

describe('the app', () => {
  it('answers every page with index.html, under a policy that runs our scripts only', async () => {
    const page = await browser.go('/accounts/123');
    expect(await page.text()).toContain('<title>Recoup</title>');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('lets browsers keep files with a hash in their name, and says when a file is not there', async () => {
    const file = await browser.go('/assets/index-4f2a.js');
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await browser.go('/assets/other.js')).status).toBe(404);
  });

  it('is healthy', async () => {
    expect((await browser.go('/health/live')).status).toBe(200);
    expect((await browser.go('/health/ready')).status).toBe(200);
  });
});
