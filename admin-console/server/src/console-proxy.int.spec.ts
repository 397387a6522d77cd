import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { problem, seen } from './testing/answers.js';
import { Browser } from './testing/browser.js';
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

describe('the proxy', () => {
  it('adds the token of the session, keeps cookies to itself, and gives the request an id', async () => {
    await browser.signIn('auditor');
    const answer = await browser.go('/api/collections/report?filter=%7B%22q%22%3A%22a%2Fb%22%7D');
    const request = await seen(answer);
    expect(request.url).toBe('/api/collections/report?filter=%7B%22q%22%3A%22a%2Fb%22%7D');
    expect(decodeJwt(request.headers['authorization']?.replace('Bearer ', '') ?? '')).toMatchObject({ sub: 'auditor' });
    expect(request.headers['cookie']).toBeUndefined();
    expect(request.headers['x-correlation-id']).toBe(answer.headers.get('x-correlation-id'));
    expect(answer.headers.get('content-range')).toBe('x 0-0/1');
    expect(answer.headers.getSetCookie().join()).not.toContain('theirs');
  });

  it("passes a request's own bearer token on as it is, without asking where it comes from", async () => {
    const headers = { authorization: 'Bearer own', 'x-correlation-id': 'mine-1' };
    const request = await seen(await browser.go('/api/ledger/payments', { method: 'POST', headers }));
    expect(request.headers).toMatchObject(headers);
  });

  it('streams a body of several megabytes unchanged', async () => {
    const body = Buffer.alloc(5_000_000, 'recoup');
    const init = { method: 'POST', body, headers: { authorization: 'Bearer own' } };
    const request = await seen(await browser.go('/api/ledger/imports', init));
    expect(request.bodySha256).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it('answers 401 without session or token, except where services ask for neither', async () => {
    expect(await problem(await browser.go('/api/ledger/accounts'))).toMatchObject({ code: 'unauthenticated' });
    const basic = await browser.go('/api/ledger/accounts', { headers: { authorization: 'Basic eDp5' } });
    expect(basic.status).toBe(401);
    expect((await seen(await browser.go('/api/ledger/health/ready'))).headers['authorization']).toBeUndefined();
  });

  it('says which service does not answer, and which services there are', async () => {
    const headers = { authorization: 'Bearer own' };
    const down = await problem(await browser.go('/api/messaging/templates', { headers }));
    expect(down).toMatchObject({ status: 502, code: 'service-unreachable' });
    const unknown = await problem(await browser.go('/api/billing/x', { headers }));
    expect(unknown).toMatchObject({ status: 404, detail: expect.stringContaining('ledger, collections') });
  });

  it.each([
    ['accounts/hang', '0.5'],
    ['report/hang', '1.5'],
  ])('names a service that hangs, after its time for %s', async (path, seconds) => {
    const began = Date.now();
    const late = await problem(await browser.go(`/api/ledger/${path}`, { headers: { authorization: 'Bearer own' } }));
    const detail = `The service "ledger" did not answer within ${seconds} seconds. It may still be at work.`;
    expect(late).toMatchObject({ status: 504, code: 'service-timeout', detail });
    expect(Date.now() - began).toBeGreaterThanOrEqual(Number(seconds) * 1_000 - 10);
  });

  it.each(['cut', 'cut-stream'])('does not make a cut answer look whole: %s', async (path) => {
    const cut = await browser.go(`/api/ledger/${path}`, { headers: { authorization: 'Bearer own' } });
    await expect(cut.text()).rejects.toThrow(/terminated/);
  });

  it.each([
    ['without the header of the console', {}],
    ['from another origin', { ...console1, origin: 'https://evil.example' }],
    ['from another site', { ...console1, 'sec-fetch-site': 'cross-site' }],
  ])('refuses a change %s', async (_how, headers) => {
    await browser.signIn('supervisor');
    const refused = await browser.go('/api/collections/bulk-actions', { method: 'POST', headers });
    expect(await problem(refused)).toMatchObject({ status: 403, code: 'cross-site-request' });
    const signOut = await browser.go('/auth/sign-out', { method: 'POST', headers });
    expect(signOut.status).toBe(403);
  });

  it('lets a change from the console through', async () => {
    await browser.signIn('supervisor');
    const headers = { ...console1, origin: installation.consoleUrl, 'sec-fetch-site': 'same-origin' };
    expect((await browser.go('/api/collections/bulk-actions', { method: 'POST', headers })).status).toBe(200);
  });
});
