import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { row, sql } from '../database/database.js';
import { flagsParts, FlagsModule } from '../testing/flags-service.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';

let service: ServiceUnderTest;
let server: Server;
let admin: string;

beforeAll(async () => {
  service = await serviceUnderTest({ service: 'collections', module: FlagsModule, parts: flagsParts });
  server = service.app.getHttpServer();
  admin = await service.bearer({ role: 'administrator', user: 'ada' });
  await service.app.listen(0, '127.0.0.1');
});
afterAll(() => service.stop());

function create(key: string, code: string, token = admin): request.Test {
  return request(server)
    .post('/api/collections/flags')
    .set('Authorization', token)
    .set('Idempotency-Key', key)
    .send({ code, officeCode: 'MAD' });
}

async function count(table: 'flags' | 'audit', code: string): Promise<number | undefined> {
  const condition = table === 'flags' ? sql`code = ${code}` : sql`after ->> 'code' = ${code}`;
  const counted = await row<{ n: number }>(
    service.orm.em.fork(),
    sql`SELECT count(*) AS n FROM ${sql.table(table)} WHERE ${condition}`,
  );
  return counted?.n;
}

describe('an idempotency key', () => {
  it('used again with the same input gets the same answer and has no second effect', async () => {
    const first = await create('k-1', 'vip').expect(201);
    const again = await create('k-1', 'vip').expect(201);
    expect(first.headers['idempotency-hit']).toBeUndefined();
    expect(again.headers['idempotency-hit']).toBe('true');
    expect(again.body).toEqual(first.body);
    expect(await count('audit', 'vip')).toBe(1);
  });

  it('used for other input is refused', async () => {
    await create('k-2', 'one').expect(201);
    const answer = await create('k-2', 'two').expect(422);
    expect(answer.body.code).toBe('idempotency-key-reused');
    expect(await count('flags', 'two')).toBe(0);
  });

  it('belongs to its actor, and a refused request leaves it free', async () => {
    await create('k-3', 'mine').expect(201);
    await create('k-3', 'theirs', await service.bearer({ role: 'administrator', user: 'bob' })).expect(201);
    expect((await create('k-4', 'mine')).status).toBe(409);
    expect((await create('k-4', 'other')).status).toBe(201);
  });

  it('of 50 racers has one effect, and all get its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create('k-5', 'raced')));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-hit'] === undefined)).toHaveLength(1);
    expect(await count('audit', 'raced')).toBe(1);
  });

  it('that is not usable is refused', async () => {
    const answer = await create('a b', 'spaced').expect(400);
    expect(answer.body.errors[0].field).toBe('Idempotency-Key');
  });
});
