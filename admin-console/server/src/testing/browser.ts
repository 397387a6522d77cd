import { parseCookies } from '../cookies.js';

/** A browser as far as a server can tell: it keeps cookies by host name and doesn't follow redirects by itself. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly home: string) {}

  async go(url: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(new URL(url, this.home), { ...init, redirect: 'manual', headers });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** From the console's sign-in through the issuer's page and back; returns the last answer. */
  async signIn(user: string, returnTo = '/'): Promise<Response> {
    const toIssuer = await this.go(`/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
    const issuer = new URL(locationOf(toIssuer)).origin;
    const page = await this.go(locationOf(toIssuer));
    const form = new URLSearchParams({ user, password: user });
    const resume = await this.go(new URL(locationOf(page), issuer).href, { method: 'POST', body: form });
    const back = await this.go(new URL(locationOf(resume), issuer).href);
    return this.go(locationOf(back));
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    for (const [name, value] of parseCookies(pair)) {
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

export function locationOf(response: Response): string {
  return response.headers.get('location') ?? '';
}
