import type { Request, Response } from 'express';
import type { Config } from './config.js';
import { crossSiteProblem } from './cross-site.js';
import { patienceFor } from './patience.js';
import { correlate, notSignedIn, sendProblem } from './problem.js';
import type { Proxy } from './proxy.js';
import type { Sessions } from './sessions.js';

/** What a service answers without a token, below `/api/<service>/`; everything else needs a session or a token. */
const openPaths = new Set(['health/live', 'health/ready', 'openapi.json']);

export interface ApiParts {
  config: Config;
  sessions: Sessions;
  proxy: Proxy;
}

/**
 * `/api/<service>/…` passed on to the service. A bearer token of the request goes on as it is; else the session's token
 * is added, after the check that the request comes from the console; with neither the answer is 401.
 */
export function apiHandler({ config, sessions, proxy }: ApiParts) {
  return async (request: Request, response: Response): Promise<void> => {
    const [, service = '', path = ''] = /^\/api\/([^/?#]*)\/?([^?#]*)/.exec(request.originalUrl) ?? [];
    const correlationId = correlate(request, response);
    const origin = config.services.get(service);
    if (origin === undefined) return sendProblem(response, noSuchService(service, config));
    const forwarding = {
      origin,
      service,
      path: request.originalUrl,
      correlationId,
      answerWithinMilliseconds: patienceFor(path, config.patience),
      consoleUrl: config.consoleUrl,
    };
    const bearer = request.headers.authorization;
    if (bearer !== undefined && /^bearer /i.test(bearer)) {
      proxy.forward(request, response, { ...forwarding, authorization: bearer });
      return;
    }
    const eventStream = request.headers.accept?.includes('text/event-stream') === true;
    const background = eventStream || request.headers['x-recoup-background'] === '1';
    const session = await sessions.of(request, response, !background);
    if (session === undefined) {
      if (!openPaths.has(path)) return sendProblem(response, notSignedIn);
      proxy.forward(request, response, { ...forwarding, authorization: undefined });
      return;
    }
    const problem = crossSiteProblem(request, config.consoleUrl);
    if (problem !== undefined) return sendProblem(response, problem);
    const leave = proxy.forward(request, response, { ...forwarding, authorization: `Bearer ${session.accessToken}` });
    if (eventStream) {
      const { release } = sessions.closeInTime(session, leave);
      response.on('close', release);
    }
  };
}

function noSuchService(service: string, config: Config) {
  const detail = `There is no service "${service.slice(0, 40)}". Use one of: ${[...config.services.keys()].join(', ')}.`;
  return { status: 404, code: 'no-such-service', title: 'No such service', detail };
}
