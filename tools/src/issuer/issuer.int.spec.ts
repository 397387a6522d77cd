import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { root } from '../home.js';
import { token } from '../token.js';
import { startIssuer, type Issuer } from './issuer.js';

const consoleUrl = 'http://127.0.0.1:4999';
const verifier = randomBytes(32).toString('base64url');
let home: string;
let issuer: Issuer;

/** A browser, as far as the issuer can tell: it keeps cookies by name and doesn't follow redirects. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async get(url: string): Promise<Response> {
    return this.send(url, {});
  }

  async post(url: string, form: Record<string, string>): Promise<Response> {
    return this.send(url, { method: 'POST', body: new URLSearchParams(form) });
  }

  private async send(url: string, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, issuer.url), { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = (line.split(';')[0] ?? '').split('=');
      if (name !== undefined && value !== undefined) this.cookies.set(name, value);
    }
    return response;
  }
}

function authorizationUrl(): string {
  const parameters = new URLSearchParams({
    client_id: 'recoup-console',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: `${consoleUrl}/auth/callback`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'state',
  });
  return `/auth?${parameters}`;
}

const location = (response: Response): string => response.headers.get('location') ?? '';

async function signIn(browser: Browser, user: string): Promise<string> {
  const page = location(await browser.get(authorizationUrl()));
  const resumed = await browser.post(page, { user, password: user });
  expect(resumed.status).toBe(303);
  const back = location(await browser.get(location(resumed)));
  return new URL(back).searchParams.get('code') ?? '';
}

async function tokens(form: Record<string, string>): Promise<Response> {
  const secret = readFileSync(join(home, 'client-secret'), 'utf8');
  return fetch(`${issuer.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`recoup-console:${secret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
}

async function exchange(code: string): Promise<Record<string, string>> {
  const redirect = `${consoleUrl}/auth/callback`;
  const answer = await tokens({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirect,
    code_verifier: verifier,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, string>;
}

const refresh = (refreshToken = ''): Promise<Response> =>
  tokens({ grant_type: 'refresh_token', refresh_token: refreshToken });

async function claims(accessToken: string | undefined) {
  const keys = createRemoteJWKSet(new URL(`${issuer.url}/jwks`));
  const options = { issuer: issuer.url, audience: 'recoup', algorithms: ['RS256'], typ: 'at+jwt' };
  return (await jwtVerify(accessToken ?? '', keys, options)).payload;
}

async function start(port = 0): Promise<void> {
  issuer = await startIssuer({ port, home, consoleUrl, consoleClientSecretFile: join(home, 'client-secret') });
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'recoup-issuer-'));
  await start();
});

afterAll(async () => {
  await issuer.close();
  rmSync(home, { recursive: true });
});

describe('the local issuer', () => {
  let browser: Browser;
  beforeEach(() => {
    browser = new Browser();
  });

  it('signs a demo user in by code flow and gives tokens that the services accept', async () => {
    const given = await exchange(await signIn(browser, 'supervisor2'));
    const payload = await claims(given['access_token']);
    expect(payload).toMatchObject({ sub: 'supervisor2', role: 'supervisor', offices: ['*'], name: 'Sky Supervisor' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
  });

  it('rotates refresh tokens and ends everything when an old one comes again', async () => {
    const first = await exchange(await signIn(browser, 'collector'));
    const second = (await (await refresh(first['refresh_token'])).json()) as Record<string, string>;
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    expect(await claims(second['access_token'])).toMatchObject({ sub: 'collector', role: 'collector' });
    expect((await refresh(first['refresh_token'])).status).toBe(400);
    expect((await refresh(second['refresh_token'])).status).toBe(400);
  });

  it('keeps sessions and keys over a restart', async () => {
    const given = await exchange(await signIn(browser, 'auditor'));
    const { port } = new URL(issuer.url);
    await issuer.close();
    await start(Number(port));
    expect((await claims(given['access_token'])).sub).toBe('auditor');
    const again = await browser.get(authorizationUrl());
    expect(location(again)).toContain(`${consoleUrl}/auth/callback?code=`);
  });

  it('signs out at once when the console proves itself with the ID token', async () => {
    const given = await exchange(await signIn(browser, 'auditor'));
    const back = new URLSearchParams({
      id_token_hint: given['id_token'] ?? '',
      post_logout_redirect_uri: `${consoleUrl}/`,
    });
    const page = await (await browser.get(`/session/end?${back}`)).text();
    expect(page).toContain('/assets/sign-out.js');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const ended = await browser.post('/session/end/confirm', { xsrf, logout: 'yes' });
    expect(location(ended)).toBe(`${consoleUrl}/`);
    expect((await tokens({ grant_type: 'refresh_token', refresh_token: given['refresh_token'] ?? '' })).status).toBe(
      400,
    );
    expect(location(await browser.get(authorizationUrl()))).toContain('/interaction/');
  });

  it('bears the sign of the console, and shows the demo users, on a page that loads nothing from elsewhere', async () => {
    const page = await browser.get(location(await browser.get(authorizationUrl())));
    const text = await page.text();
    for (const user of ['collector', 'supervisor', 'supervisor2', 'administrator', 'auditor']) {
      expect(text).toContain(`<code>${user}</code>`);
    }
    const icon = readFileSync(join(root, 'admin-console', 'public', 'icon.svg'), 'utf8');
    expect(text).toContain(icon.slice(icon.indexOf('<rect')).trim());
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).not.toMatch(/https?:|style=|<script/);
  });

  it('answers 429 in clear words after ten failures of a user, even to the right password', async () => {
    writeFileSync(join(home, 'issuer-users.json'), JSON.stringify([eastUser]));
    const page = location(await browser.get(authorizationUrl()));
    for (let failure = 0; failure < 10; failure += 1) {
      expect((await browser.post(page, { user: 'east', password: '<wrong>' })).status).toBe(401);
    }
    const refused = await browser.post(page, { user: 'east', password: 'east' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(await refused.text()).toContain('Try again in 5 minutes');
    expect((await browser.post(page, { user: 'collector', password: 'collector' })).status).toBe(303);
  });

  it('refuses to be spoken to under another name', async () => {
    const port = new URL(issuer.url).port;
    expect((await fetch(`http://localhost:${port}/health`).catch(() => ({ status: 421 }))).status).toBe(421);
  });
});

const eastUser = { name: 'east', password: 'east', role: 'collector', offices: ['EAST'] };

const source = (): { issuerUrl: string; home: string } => ({ issuerUrl: issuer.url, home });

describe('token', () => {
  it('gives a token whose subject is the demo user, good for two hours', async () => {
    const first = await claims(await token('supervisor', '1', source()));
    const second = await claims(await token('supervisor', '2', source()));
    expect(first).toMatchObject({ sub: 'supervisor', role: 'supervisor', offices: ['*'] });
    expect(second).toMatchObject({ sub: 'supervisor2', role: 'supervisor', offices: ['*'] });
    expect((first.exp ?? 0) - (first.iat ?? 0)).toBe(7_200);
  });

  it('gives a token of a user added while the issuer runs, limited to his offices', async () => {
    writeFileSync(join(home, 'issuer-users.json'), JSON.stringify([eastUser]));
    expect(await claims(await token('collector', 'east', source()))).toMatchObject({ sub: 'east', offices: ['EAST'] });
  });

  it.each([
    ['owner', '1', /Unknown role "owner".*collector, supervisor, administrator, auditor/],
    ['auditor', '2', /There is no auditor "2"/],
    ['supervisor', 'east', /There is no supervisor "east"/],
  ])('says what is wrong with %s %s', async (role, user, message) => {
    await expect(token(role, user, source())).rejects.toThrow(message);
  });

  it('says so when no issuer runs', async () => {
    await expect(token('auditor', '1', { ...source(), issuerUrl: 'http://127.0.0.1:9' })).rejects.toThrow(/npm start/);
  });
});
