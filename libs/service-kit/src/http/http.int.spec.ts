import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { rows, run, sql } from '../database/database.js';
import { flagsParts, FlagsModule } from '../testing/flags-service.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';

const flags = '/api/collections/flags';
let service: ServiceUnderTest;
let server: Server;
let admin: string;

beforeAll(async () => {
  service = await serviceUnderTest({ service: 'collections', module: FlagsModule, parts: flagsParts });
  server = service.app.getHttpServer();
  admin = await service.bearer({ role: 'administrator', user: 'ada' });
  await run(
    service.orm.em.fork(),
    sql`INSERT INTO flags (code, office_code) SELECT 'f' || lpad(n::text, 2, '0'), CASE WHEN n <= 10 THEN 'MAD' ELSE 'NYC' END FROM generate_series(1, 30) n`,
  );
});
afterAll(() => service.stop());

describe('a list over HTTP', () => {
  it('answers a page with Content-Range and no-store', async () => {
    const answer = await request(server).get(flags).query({ range: '[0,4]' }).set('Authorization', admin).expect(200);
    expect(answer.headers['content-range']).toBe('flags 0-4/30');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body.map((flag: { code: string }) => flag.code)).toEqual(['f01', 'f02', 'f03', 'f04', 'f05']);
  });

  it('leaves the connection open for longer than the console keeps one that is idle', async () => {
    const kept = request(server).get(flags).set('Authorization', admin).set('Connection', 'keep-alive');
    expect((await kept.expect(200)).headers['keep-alive']).toBe('timeout=65');
  });

  it('and its count are narrowed to the offices of the token, and an id outside them is 404', async () => {
    const madrid = await service.bearer({ role: 'auditor', offices: ['MAD'] });
    const answer = await request(server).get(flags).set('Authorization', madrid).expect(200);
    expect(answer.headers['content-range']).toBe('flags 0-9/10');
    const [foreign] = await rows<{ id: string }>(
      service.orm.em.fork(),
      sql`SELECT id FROM flags WHERE office_code = 'NYC' LIMIT 1`,
    );
    const problem = await request(server).get(`${flags}/${foreign?.id}`).set('Authorization', madrid).expect(404);
    expect(problem.body.code).toBe('not-found');
    await request(server).get(`${flags}/${foreign?.id}`).set('Authorization', admin).expect(200);
  });

  it('refuses an unknown filter with a problem document', async () => {
    const answer = await request(server)
      .get(flags)
      .query({ filter: '{"x":1}' })
      .set('Authorization', admin)
      .expect(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: 'urn:recoup:problem:unknown-filter',
      status: 400,
      title: 'Malformed request',
      errors: [{ field: 'filter.x', expected: 'id | q' }],
    });
    expect(answer.body.correlationId).toBe(answer.headers['x-correlation-id']);
  });

  it('finds many by id, as getMany asks', async () => {
    const some = await rows<{ id: string }>(service.orm.em.fork(), sql`SELECT id FROM flags ORDER BY code LIMIT 3`);
    const filter = JSON.stringify({ id: some.map(({ id }) => id) });
    const answer = await request(server).get(flags).query({ filter }).set('Authorization', admin).expect(200);
    expect(answer.body).toHaveLength(3);
  });
});

describe('input over HTTP', () => {
  it('with unknown or wrong fields is refused, each by its name', async () => {
    const answer = await request(server)
      .post(flags)
      .set('Authorization', admin)
      .send({ code: '', officeCode: 'MAD', role: 'administrator' })
      .expect(400);
    expect(answer.body.code).toBe('invalid-input');
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual(['code', 'role']);
  });

  it('that is no JSON, too large, nested too deep, or no text is refused without showing it again', async () => {
    const broken = await post().send('{"code": secret').expect(400);
    expect(broken.text).not.toContain('secret');
    expect(broken.body).toMatchObject({
      code: 'malformed',
      detail: expect.stringContaining('Send one object in UTF-8'),
    });
    const large = await post()
      .send(JSON.stringify({ code: 'x'.repeat(1_100_000), officeCode: 'MAD' }))
      .expect(413);
    expect(large.body).toMatchObject({ code: 'body-too-large', detail: expect.stringContaining('1 MB') });
    for (const bad of ['a\u0000b', 'half of \uD83D']) {
      const refused = await post().send({ code: bad, officeCode: 'MAD' }).expect(400);
      expect(refused.body).toMatchObject({ code: 'invalid-input', errors: [{ field: 'code' }] });
    }
    const deep = await post()
      .send(`{"code":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
      .expect(400);
    expect(deep.body.errors).toMatchObject([{ message: 'is nested too deep' }]);
    await post().send().expect(400);
  });

  it('that repeats a code is a 409, a malformed id a 400, an unknown route a 404', async () => {
    const twice = await request(server)
      .post(flags)
      .set('Authorization', admin)
      .send({ code: 'f01', officeCode: 'MAD' })
      .expect(409);
    expect(twice.body.code).toBe('already-exists');
    expect(twice.text).not.toMatch(/constraint|INSERT/i);
    const misnamed = await request(server).get(`${flags}/1`).set('Authorization', admin).expect(400);
    expect(misnamed.body).toMatchObject({
      detail: 'The input is not usable: see id.',
      errors: [{ field: 'id', expected: 'a UUID' }],
    });
    const undecoded = await request(server).get(`${flags}/%E0%A4%A`).set('Authorization', admin).expect(400);
    expect(undecoded.body).toMatchObject({ code: 'malformed', detail: expect.stringContaining('properly encoded') });
    const unknown = await request(server).get('/api/collections/nothing').set('Authorization', admin).expect(404);
    expect(unknown.body.code).toBe('not-found');
  });
});

function post(): request.Test {
  return request(server).post(flags).set('Authorization', admin).set('Content-Type', 'application/json');
}

describe('what is public', () => {
  it('is health, metrics and the API description', async () => {
    await request(server).get('/api/collections/health/live').expect(200);
    const ready = await request(server).get('/api/collections/health/ready').expect(200);
    expect(ready.body.checks).toEqual([{ name: 'database', status: 'up' }]);
    const metrics = await request(server).get('/api/collections/metrics').expect(200);
    expect(metrics.text).toContain('route="/api/collections/flags",status="200"');
    const { body } = await request(server).get('/api/collections/openapi.json').expect(200);
    expect(body.paths[flags].get.parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      'filter',
      'range',
      'sort',
    ]);
    expect(body.paths[flags].post.requestBody.content['application/json'].schema).toMatchObject({
      additionalProperties: false,
    });
  });
});

describe('an edit', () => {
  it('of what changed meanwhile is a 412; with the right ETag it passes', async () => {
    const [flag] = await rows<{ id: string }>(service.orm.em.fork(), sql`SELECT id FROM flags WHERE code = 'f30'`);
    const address = `${flags}/${flag?.id}`;
    const put = (tag: string) =>
      request(server).put(address).set('Authorization', admin).set('If-Match', tag).send({ code: 'f30x' });
    const { headers } = await request(server).get(address).set('Authorization', admin);
    const edited = await put(headers['etag'] ?? '').expect(200);
    expect(edited.headers['etag']).toBe('"2"');
    const stale = await put(headers['etag'] ?? '').expect(412);
    expect(stale.body.code).toBe('changed-meanwhile');
  });
});
