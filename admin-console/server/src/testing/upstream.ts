import { createServer, type Server } from 'node:http';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';

/** What the stand-in for a service saw of a request. */
export interface Seen {
  method: string;
  url: string;
  headers: Record<string, string>;
  bodySha256: string;
}

export interface Upstream {
  origin: string;
  /** How many event streams are open at this moment. */
  openStreams(): number;
  close(): Promise<void>;
}

/**
 * A stand-in for a service: says what it saw of a request; `…/stream` is an event stream, `…/cut` and `…/cut-stream`, which
 * tells no length, break off, `…/hang` never answers.
 */
export async function startUpstream(): Promise<Upstream> {
  let openStreams = 0;
  const server = createServer((request, response) => {
    const { url = '', method = '', headers } = request;
    if (url.endsWith('/stream')) {
      openStreams += 1;
      response.on('close', () => (openStreams -= 1));
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('id: 1\ndata: first\n\n');
      return;
    }
    if (url.endsWith('/cut')) {
      response.writeHead(200, { 'content-length': '1000' }).write('half', () => response.destroy());
      return;
    }
    if (url.endsWith('/cut-stream')) {
      response.writeHead(200, { 'content-type': 'text/csv' }).write('half', () => response.destroy());
      return;
    }
    if (url.endsWith('/hang')) return void request.resume();
    const hash = createHash('sha256');
    request.on('data', (chunk: Buffer) => hash.update(chunk));
    request.on('end', () => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'set-cookie': 'theirs=1',
        'content-range': 'x 0-0/1',
      });
      response.end(JSON.stringify({ url, method, headers, bodySha256: hash.digest('hex') }));
    });
  });
  return { origin: await listen(server), openStreams: () => openStreams, close: () => closed(server) };
}

/** Listens on a free port of 127.0.0.1 and returns the origin. */
export async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const origin = await listen(server);
  await closed(server);
  return Number(new URL(origin).port);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
