import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { problemPage, signInPage } from './pages.js';
import { Throttle } from './throttle.js';
import { findUser, type User } from './users.js';

const windowSeconds = 5 * 60;
const failuresPerUser = 10;
const failuresPerAddress = 30;
const maximumFormBytes = 4_096;

/**
 * The page on which people enter name and password, at `/interaction/<uid>`. After 10 failures of a name, or 30 from an
 * address, within 5 minutes it answers 429 and says when to try again (S8); a right password does not help then.
 */
export class SignIn {
  private readonly byUser: Throttle;
  private readonly byAddress: Throttle;

  constructor(
    private readonly provider: Provider,
    private readonly home: string,
    now: () => number = Date.now,
  ) {
    this.byUser = new Throttle({ failures: failuresPerUser, windowSeconds }, now);
    this.byAddress = new Throttle({ failures: failuresPerAddress, windowSeconds }, now);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const interaction = await this.provider.interactionDetails(request, response);
      const action = `/interaction/${interaction.uid}`;
      if (request.method === 'GET') html(response, 200, signInPage({ action, user: '', problem: undefined }));
      else if (request.method === 'POST') await this.submit(request, response, action);
      else response.writeHead(405, { Allow: 'GET, POST' }).end();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'SessionNotFound') throw error;
      html(response, 400, problemPage('This sign-in was left open for too long, or was already used.'));
    }
  }

  private async submit(request: IncomingMessage, response: ServerResponse, action: string): Promise<void> {
    const form = await readForm(request);
    if (form === undefined) return void response.writeHead(413).end();
    const name = (form.get('user') ?? '').trim().slice(0, 64);
    const nameKey = name.toLowerCase();
    const address = request.socket.remoteAddress ?? '';
    const wait = Math.max(this.byUser.secondsToWait(nameKey), this.byAddress.secondsToWait(address));
    if (wait > 0) {
      response.setHeader('Retry-After', String(wait));
      const problem = `Too many failed attempts. Try again in ${inWords(wait)}.`;
      return html(response, 429, signInPage({ action, user: name, problem }));
    }
    const user = findUser(this.home, name);
    if (!passwordMatches(user, form.get('password') ?? '')) {
      this.byUser.fail(nameKey);
      this.byAddress.fail(address);
      const problem = 'The user name or the password is wrong.';
      return html(response, 401, signInPage({ action, user: name, problem }));
    }
    this.byUser.clear(nameKey);
    await this.provider.interactionFinished(request, response, { login: { accountId: name, remember: false } });
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares digests of equal length, also for an unknown user, so that the time taken tells nothing. */
function passwordMatches(user: User | undefined, given: string): boolean {
  return timingSafeEqual(digest(given), digest(user?.password ?? '')) && user !== undefined;
}

function inWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumFormBytes) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(body);
}
