import { ServerResponse, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { localPath } from './auth.http.js';
import { configSchema } from './config.js';
import { Cookies } from './cookies.js';
import { endsAt, needsRenewal, type Session } from './session.js';

describe('the way back after sign-in', () => {
  it.each([
    ['/accounts?x=1#y', '/accounts?x=1#y'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (given, path) => {
    expect(localPath(given, 'https://recoup.example')).toBe(path);
  });
});

describe('the configuration', () => {
  const url = configSchema.shape.CONSOLE_URL;

  it('wants https for a console that is not on this machine', () => {
    expect(url.safeParse('http://recoup.example').success).toBe(false);
    expect(url.parse('https://recoup.example/')).toBe('https://recoup.example');
    expect(url.parse('http://127.0.0.1:4000')).toBe('http://127.0.0.1:4000');
  });

  it('knows of no clock that could be set, unless told', () => {
    expect(configSchema.shape.RECOUP_TEST_CLOCK.parse(undefined)).toBe('off');
  });
});

describe('a session', () => {
  const session: Session = {
    id: 's',
    user: 'collector',
    name: 'Casey',
    role: 'collector',
    offices: ['*'],
    accessToken: 't',
    accessTokenEndsAt: 600_000,
    startedAt: 0,
    seenAt: 0,
    renewals: 0,
  };
  const limits = { idleSeconds: 3_600, maximumSeconds: 43_200 };

  it('ends an hour after its last use, but twelve hours after its beginning at the latest', () => {
    expect(endsAt(session, limits)).toBe(3_600_000);
    expect(endsAt({ ...session, seenAt: 42_000_000 }, limits)).toBe(43_200_000);
  });

  it('renews its tokens in the last minute', () => {
    expect(needsRenewal(session, 540_000)).toBe(false);
    expect(needsRenewal(session, 540_001)).toBe(true);
  });
});

function exchange(): { request: IncomingMessage; response: ServerResponse } {
  const request = new IncomingMessage(new Socket());
  return { request, response: new ServerResponse(request) };
}

describe('a cookie', () => {
  const cookies = new Cookies(new Uint8Array(32).fill(7), true);

  it('longer than browsers allow is cut and put together again, tied to host and https', async () => {
    const { request, response } = exchange();
    const value = 'x'.repeat(6_000);
    await cookies.write(response, 'recoup', value);
    const lines = response.getHeader('set-cookie') as string[];
    expect(lines.every((line) => line.length < 4_000 && /^__Host-recoup(-\d)?=.*; Secure/.test(line))).toBe(true);
    request.headers.cookie = lines.map((line) => line.split(';')[0]).join('; ');
    expect(await cookies.read(request, 'recoup')).toBe(value);
  });

  it('made for one use is refused for another, and so is one made with another key', async () => {
    const { request, response } = exchange();
    await cookies.write(response, 'recoup-sign-in', 'value');
    request.headers.cookie = String(response.getHeader('set-cookie')).replace('recoup-sign-in', 'recoup');
    expect(await cookies.read(request, 'recoup')).toBeUndefined();
    const other = new Cookies(new Uint8Array(32).fill(8), true);
    request.headers.cookie = String(response.getHeader('set-cookie'));
    expect(await cookies.read(request, 'recoup-sign-in')).toBe('value');
    expect(await other.read(request, 'recoup-sign-in')).toBeUndefined();
  });
});
