import type { IncomingMessage } from 'node:http';
import type { Problem } from './problem.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Why a request that the session cookie authenticates is refused as possibly coming from another site, or undefined.
 * The cookie is SameSite=Lax; beside that an unsafe method needs the header `X-Recoup-Console: 1`, which another
 * origin can't set without being asked for it, and Origin and Sec-Fetch-Site, where a browser sends them, must be ours.
 */
export function crossSiteProblem(request: IncomingMessage, consoleUrl: string): Problem | undefined {
  if (safeMethods.has(request.method ?? '')) return undefined;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== consoleUrl) return refusal(`It came from ${origin}, not from ${consoleUrl}.`);
  if (site !== undefined && site !== 'same-origin') return refusal('The browser says that it came from another site.');
  if (request.headers['x-recoup-console'] !== '1') return refusal('It lacks the header "X-Recoup-Console: 1".');
  return undefined;
}

function refusal(detail: string): Problem {
  return { status: 403, code: 'cross-site-request', title: 'This request did not come from the console', detail };
}
