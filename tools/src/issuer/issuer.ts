import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Provider } from 'oidc-provider';
import { consoleClientSecret, issuerKeys, cliClientSecret } from './keys.js';
import { problemPage, signOutScript } from './pages.js';
import { createProvider } from './provider.js';
import { SignIn } from './sign-in.js';
import { Store } from './store.js';
import { styleSheet } from './style.js';

export interface IssuerOptions {
  /** 0 chooses a free port. */
  port: number;
  /** The folder that keeps keys and sessions (`.recoup`). */
  home: string;
  /** The console's public origin, such as `http://127.0.0.1:4000`. */
  consoleUrl: string;
  /** Holds the console client's secret; made when it does not exist. */
  consoleClientSecretFile: string;
}

export interface Issuer {
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the OIDC issuer of a local installation. It listens on 127.0.0.1 only, since its passwords are known to
 * everybody; production names another issuer. State is kept in `<home>/issuer/state.json`, keys in `<home>/keys`.
 */
export async function startIssuer(options: IssuerOptions): Promise<Issuer> {
  const server = createServer();
  await listen(server, options.port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = new Store(join(options.home, 'issuer', 'state.json'));
  const provider = createProvider({
    url,
    home: options.home,
    consoleUrl: options.consoleUrl,
    consoleClientSecret: consoleClientSecret(options.consoleClientSecretFile),
    keys: issuerKeys(options.home),
    store,
  });
  // Made now, so that a script finds the key of the cli clients as soon as the issuer answers.
  cliClientSecret(options.home, '');
  provider.on('server_error', (_context, error) => console.error(`issuer: ${error.stack ?? error.message}`));
  server.on('request', requestHandler(provider, new SignIn(provider, options.home), url, options.consoleUrl));
  return { url, close: () => close(server, store) };
}

function requestHandler(provider: Provider, signIn: SignIn, url: string, consoleUrl: string) {
  const callback = provider.callback();
  const host = new URL(url).host;
  return (request: IncomingMessage, response: ServerResponse): void => {
    setSecurityHeaders(response, consoleUrl);
    const path = new URL(request.url ?? '/', url).pathname;
    if (request.headers.host !== host) return plain(response, 421, `This issuer answers as ${host} only.\n`);
    if (path === '/health') return plain(response, 200, 'ok\n');
    if (path === '/assets/issuer.css') return asset(response, 'text/css', styleSheet);
    if (path === '/assets/sign-out.js') return asset(response, 'text/javascript', signOutScript);
    const handled = path.startsWith('/interaction/') ? signIn.handle(request, response) : callback(request, response);
    handled.catch((error: unknown) => {
      console.error('issuer:', error);
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(problemPage('The issuer failed; its log says why.'));
    });
  };
}

/** form-action names the console too: browsers apply it to the redirects that follow the sign-in form. */
function setSecurityHeaders(response: ServerResponse, consoleUrl: string): void {
  const policy = `default-src 'none';style-src 'self';script-src 'self';form-action 'self' ${consoleUrl};base-uri 'none';frame-ancestors 'none'`;
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
}

function asset(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' }).end(body);
}

function plain(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(body);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function close(server: Server, store: Store): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await store.save();
}
