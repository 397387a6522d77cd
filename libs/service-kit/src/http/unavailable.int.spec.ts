import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { run, sql, transaction } from '../database/database.js';
import { flagsParts, FlagsModule } from '../testing/flags-service.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';

const flags = '/api/collections/flags';
const unavailable = { status: 503, code: 'database-unavailable', title: 'Not available just now' };
let service: ServiceUnderTest;

afterEach(() => service.stop());

async function start(env: Record<string, string> = {}): Promise<void> {
  service = await serviceUnderTest({
    service: 'collections',
    module: FlagsModule,
    parts: flagsParts,
    pool: { max: 1, waitMs: 300 },
    env,
  });
}

async function list(): Promise<request.Response> {
  const server: Server = service.app.getHttpServer();
  return request(server)
    .get(flags)
    .set('Authorization', await service.bearer({ role: 'auditor' }));
}

describe('A request while the database can not serve it', () => {
  it('is told to come again when the only connection of the pool is in use, and answered once it is free', async () => {
    await start();
    const refused = await transaction(service.orm.em.fork(), async (tx) => {
      await run(tx, sql`SELECT 1`);
      return list();
    });
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject(unavailable);
    expect(refused.headers['retry-after']).toBe('5');
    expect((await list()).status).toBe(200);
  });

  it('is told to come again when nobody listens where the database should be', async () => {
    await start({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing' });
    const refused = await list();
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject(unavailable);
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.text).not.toContain('127.0.0.1');
  });
});
