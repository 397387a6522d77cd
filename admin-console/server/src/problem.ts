import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const correlationHeader = 'X-Correlation-Id';

/**
 * The id under which this request is found in our log and the services': the caller's own when it is harmless, else a
 * new one. The answer carries it.
 */
export function correlate(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers['x-correlation-id'] ?? request.headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
  response.setHeader(correlationHeader, id);
  return id;
}

/** An error answer as RFC 9457 wants it; `code` is for programs, `detail` says what is wrong and what would be right. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
}

export function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.headersSent) {
    // The answer has begun: cutting it is the only way left to say that it is not whole.
    response.destroy();
    return;
  }
  response.statusCode = problem.status;
  response.setHeader('Content-Type', 'application/problem+json');
  response.setHeader('Cache-Control', 'no-store');
  const correlationId = response.getHeader(correlationHeader);
  response.end(JSON.stringify({ type: `urn:recoup:problem:${problem.code}`, ...problem, correlationId }));
}

export const notSignedIn: Problem = {
  status: 401,
  code: 'unauthenticated',
  title: 'Not signed in',
  detail: 'Sign in at /auth/sign-in, or send a bearer token.',
};

export const issuerUnreachable: Problem = {
  status: 503,
  code: 'issuer-unreachable',
  title: 'Sign-in is not possible at the moment',
  detail: 'The identity provider does not answer. Your session is kept; try again in a moment.',
};

export const malformedRequest: Problem = {
  status: 400,
  code: 'malformed-request',
  title: 'The address is not well formed',
  detail: 'A percent sign in a path must be followed by two hexadecimal digits.',
};
