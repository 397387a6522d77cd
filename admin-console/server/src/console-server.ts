import { createServer, type Server } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import { apiHandler } from './api.http.js';
import { authRoutes } from './auth.http.js';
import type { Config } from './config.js';
import { Cookies } from './cookies.js';
import { Identity } from './identity.js';
import { issuerUnreachable, malformedRequest, sendProblem } from './problem.js';
import { Proxy } from './proxy.js';
import { securityHeaders } from './security-headers.js';
import { Sessions } from './sessions.js';
import { staticApp } from './static-app.js';

/** A large import on a slow line takes its time; a request that is still not whole then is given up. */
const requestWithinMilliseconds = 30 * 60_000;

export interface ConsoleServer {
  server: Server;
  close(): Promise<void>;
}

/**
 * The console's one origin (CON-1): signs people in, keeps their session in an encrypted cookie, serves the app from
 * `appFolder` and passes `/api/<service>/` on. Health: `/health/live`, and `/health/ready` once the issuer answers.
 */
export function createConsoleServer(config: Config, appFolder: string): ConsoleServer {
  const identity = new Identity(config);
  const cookies = new Cookies(config.sessionKey, config.secure);
  const sessions = new Sessions(config, cookies, identity);
  const proxy = new Proxy();
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders(config.secure));
  app.get('/health/live', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/health/ready', (_request, response) => ready(identity, response));
  app.use('/api', apiHandler({ config, sessions, proxy }));
  app.use(redirectToConsoleUrl(config.consoleUrl));
  app.use('/auth', authRoutes({ config, cookies, identity, sessions }));
  app.use(staticApp(appFolder));
  app.use(onError);
  const server = createServer({ requestTimeout: requestWithinMilliseconds }, app);
  return { server, close: () => close(server, proxy) };
}

async function ready(identity: Identity, response: Response): Promise<void> {
  const issuer = await identity.discover().then(
    () => true,
    () => false,
  );
  response
    .status(issuer ? 200 : 503)
    .json({ status: issuer ? 'ok' : 'unavailable', issuer: issuer ? 'ok' : 'unreachable' });
}

/** The session belongs to one host name: `localhost` is sent to `127.0.0.1`, where the sign-in comes back to. */
function redirectToConsoleUrl(consoleUrl: string) {
  const own = new URL(consoleUrl);
  return (request: Request, response: Response, next: NextFunction): void => {
    const otherLoopback = own.hostname === '127.0.0.1' && request.hostname === 'localhost';
    if (otherLoopback && request.method === 'GET') response.redirect(307, new URL(request.originalUrl, own).href);
    else next();
  };
}

/** Express tells an error handler by its four parameters. */
function onError(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
  if (error instanceof URIError) return sendProblem(response, malformedRequest);
  console.error('console:', error instanceof Error ? `${error.name}: ${error.message}` : error);
  // Nothing else here can fail but a renewal of tokens that the issuer didn't answer.
  sendProblem(response, issuerUnreachable);
}

async function close(server: Server, proxy: Proxy): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  proxy.close();
}
