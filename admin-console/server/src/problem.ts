import type { ServerResponse } from 'node:http';

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
  response.end(JSON.stringify({ type: 'about:blank', ...problem }));
}

export const notSignedIn: Problem = {
  status: 401,
  code: 'not-signed-in',
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
