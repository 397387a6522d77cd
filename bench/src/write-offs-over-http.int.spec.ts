import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asTheyArrive, oneAfterTheOther, quantile, type WriteOffs } from './write-offs-over-http.js';

const answerMs = 20;

describe('Write-offs over HTTP', () => {
  let server: Server;
  let writeOffs: WriteOffs;
  let keys: Set<string | string[] | undefined>;
  let status: number;
  let atOnce: number;
  let mostAtOnce: number;

  beforeEach(async () => {
    [keys, status, atOnce, mostAtOnce] = [new Set(), 201, 0, 0];
    server = createServer((request, response) => {
      keys.add(request.headers['idempotency-key']);
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      setTimeout(() => {
        atOnce -= 1;
        response.writeHead(status).end('{"code":"nothing-open"}');
      }, answerMs);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    writeOffs = { url: `http://127.0.0.1:${port}/write-offs`, bearer: 't', invoiceIds: ['a'], random: () => 0.5 };
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  it('are as many as asked for, each under a key of its own, one at a time a client', async () => {
    const seconds = await oneAfterTheOther(writeOffs, 2, 6);
    expect(keys.size).toBe(6);
    expect(mostAtOnce).toBe(2);
    expect(seconds).toBeGreaterThanOrEqual((3 * answerMs * 0.9) / 1000);
  });

  it('that arrive while the client is busy count the time in which they wait', async () => {
    const waitedMs = await asTheyArrive(writeOffs, 1, 5, 1_000);
    expect(waitedMs).toHaveLength(5);
    expect(mostAtOnce).toBe(1);
    expect(quantile(waitedMs, 0.99) - quantile(waitedMs, 0)).toBeGreaterThan(3.5 * answerMs);
  });

  it('that are refused end the bench with the answer', async () => {
    status = 422;
    await expect(oneAfterTheOther(writeOffs, 1, 1)).rejects.toThrow('answered 422: {"code":"nothing-open"}');
  });
});
