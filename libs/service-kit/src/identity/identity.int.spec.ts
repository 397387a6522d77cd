import type { Server } from 'node:http';
import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { rows, sql } from '../database/database.js';
import { flagsParts, FlagsModule } from '../testing/flags-service.js';
import { contradictions, routesOf } from '../testing/role-matrix.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';
import type { TokenSpec } from '../testing/test-issuer.js';

const flags = '/api/collections/flags';
let service: ServiceUnderTest;
let server: Server;

beforeAll(async () => {
  service = await serviceUnderTest({
    service: 'collections',
    module: FlagsModule,
    parts: flagsParts,
    env: { RECOUP_RATE_LIMIT: '40' },
  });
  server = service.app.getHttpServer();
});
afterAll(() => service.stop());

describe('authentication', () => {
  it('refuses a request without token', async () => {
    const answer = await request(server).get(flags).expect(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body).toMatchObject({ code: 'unauthenticated', status: 401 });
  });

  const flaws: [string, TokenSpec, number][] = [
    ['another audience', { audience: 'recoup-console' }, 401],
    ['another issuer', { issuer: 'https://elsewhere.example' }, 401],
    ['an expiry 10 s ago', { expiresInSeconds: -10 }, 401],
    ['a key that is not the issuer’s', { foreignKey: true }, 401],
    ['another type', { typ: 'id_token+jwt' }, 401],
    ['a role that there is not', { role: 'root' }, 403],
    ['no office', { offices: [] }, 403],
  ];
  it.each(flaws)('refuses a token with %s', async (_flaw, spec, status) => {
    expect(await statusWith(await service.bearer(spec))).toBe(status);
  });

  it('accepts a good one, also 2 s after its expiry', async () => {
    expect(await statusWith(await service.bearer())).toBe(200);
    expect(await statusWith(await service.bearer({ expiresInSeconds: -2 }))).toBe(200);
  });

  it.each(['none', 'HS256'])('refuses the algorithm %s', async (alg) => {
    const claims = {
      iss: service.issuer.url,
      aud: 'recoup',
      sub: 'x',
      role: 'administrator',
      offices: ['*'],
      exp: 4e9,
    };
    const token = `${part({ alg, typ: 'at+jwt', kid: 'test' })}.${part(claims)}.${alg === 'none' ? '' : 'c2ln'}`;
    expect(await statusWith(`Bearer ${token}`)).toBe(401);
  });
});

describe('the role table', () => {
  it('decides every route for every role', async () => {
    expect(routesOf(service.app).map(({ method, path }) => `${method} ${path}`)).toContain('PUT flags/:id');
    expect(await contradictions(service, 'collections')).toEqual([]);
  });
});

async function statusWith(authorization: string): Promise<number> {
  const { status } = await request(server).get(flags).set('Authorization', authorization);
  return status;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

describe('authorization', () => {
  it('refuses a role that may not, says what was wanted, and writes it into the audit', async () => {
    const collector = await service.bearer({ role: 'collector', user: 'cole' });
    const answer = await request(server)
      .post(flags)
      .set('Authorization', collector)
      .send({ code: 'x', officeCode: 'MAD' })
      .expect(403);
    expect(answer.body).toMatchObject({ code: 'forbidden', detail: 'The role collector may not create flags.' });
    const lines = await rows(
      service.orm.em.fork(),
      sql`SELECT actor, action, entity_type, after ->> 'wanted' AS wanted FROM audit WHERE actor = 'cole'`,
    );
    expect(lines).toEqual([{ actor: 'cole', action: 'access-denied', entity_type: 'flags', wanted: 'create flags' }]);
    expect(await rows(service.orm.em.fork(), sql`SELECT 1 FROM flags`)).toEqual([]);
  });

  it('lets an auditor read that audit, and not a collector', async () => {
    const audit = '/api/collections/audit';
    const answer = await request(server)
      .get(audit)
      .query({ filter: '{"actor":"cole"}' })
      .set('Authorization', await service.bearer({ role: 'auditor' }))
      .expect(200);
    expect(answer.body[0]).toMatchObject({ actor: 'cole', action: 'access-denied', accountId: null });
    await request(server)
      .get(audit)
      .set('Authorization', await service.bearer({ role: 'collector' }))
      .expect(403);
  });

  it('limits how often a user may ask', async () => {
    const busy = await service.bearer({ user: 'busy' });
    const answers = await Promise.all(
      Array.from({ length: 85 }, () => request(server).get(flags).set('Authorization', busy)),
    );
    const limited = answers.find(({ status }) => status === 429);
    expect(limited?.headers['retry-after']).toBe('10');
    expect(limited?.body.code).toBe('too-many-requests');
  });
});

@Controller('forgotten')
class ForgottenController {
  @Get()
  read(): string {
    return 'open to all';
  }
}

@Module({ controllers: [ForgottenController] })
class ForgetfulModule {}

describe('a route that says neither @Needs nor @Public', () => {
  it('keeps the service from starting', async () => {
    const starting = serviceUnderTest({ service: 'collections', module: ForgetfulModule, parts: flagsParts });
    await expect(starting).rejects.toThrow('ForgottenController.read');
  });
});
