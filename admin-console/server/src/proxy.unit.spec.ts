import { createServer, request, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Proxy } from './proxy.js';
import { listen } from './testing/upstream.js';

const limitMs = 400;
const idleMs = 100;
const opened: Server[] = [];

afterEach(() => {
  for (const server of opened.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(server: Server): Promise<string> {
  opened.push(server);
  return listen(server);
}

/** A console whose services must begin their answers within the limit, before one that answers bodies with their length. */
async function consoleBefore(service: Server): Promise<string> {
  const origin = await serve(service);
  const proxy = new Proxy(idleMs);
  return serve(
    createServer((incoming, response) => {
      const forwarding = { origin, service: 'ledger', path: incoming.url ?? '/', authorization: undefined };
      proxy.forward(incoming, response, {
        ...forwarding,
        correlationId: 'c-1',
        answerWithinMilliseconds: limitMs,
        consoleUrl: 'http://127.0.0.1',
      });
    }),
  );
}

/** Posts pieces with a pause before each, and answers the status with the body. */
async function post(origin: string, pieces: number, pauseMs: number): Promise<{ status: number; body: string }> {
  const sending = request(origin, { method: 'POST' });
  const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
    sending.on('error', reject).on('response', (answer) => {
      let body = '';
      answer.on('data', (piece: Buffer) => (body += piece.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
  });
  for (let piece = 0; piece < pieces; piece += 1) {
    await sleep(pauseMs);
    sending.write('x');
  }
  sending.end();
  return answered;
}

describe('the proxy, with time', () => {
  it('lets an upload last, as long as it goes on', async () => {
    const service = createServer((incoming, response) => {
      let length = 0;
      incoming.on('data', (piece: Buffer) => (length += piece.length));
      incoming.on('end', () => response.end(String(length)));
    });
    expect(await post(await consoleBefore(service), 10, limitMs / 4)).toEqual({ status: 200, body: '10' });
  });

  it('does not wait for ever for a service that took everything and says nothing', async () => {
    const silent = createServer((incoming) => void incoming.resume());
    const { status, body } = await post(await consoleBefore(silent), 1, 1);
    expect(status).toBe(504);
    expect(JSON.parse(body)).toMatchObject({
      code: 'service-timeout',
      detail: 'The service "ledger" did not answer within 0.4 seconds. It may still be at work.',
    });
  });

  it('gives up an idle connection before the service does, and none that waits for its answer', async () => {
    const service = createServer((incoming, response) => {
      incoming.resume();
      setTimeout(() => response.end('late'), 2 * idleMs);
    });
    service.keepAliveTimeout = 0;
    const closedByUs = new Promise((resolve) => {
      service.on('connection', (socket) => socket.once('end', resolve));
    });
    const origin = await consoleBefore(service);
    expect(await post(origin, 1, 1)).toEqual({ status: 200, body: 'late' });
    await closedByUs;
  });
});
