import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import request from 'supertest';
import { run, sql } from '../database/database.js';
import { Public } from '../identity/access.js';
import { flagsParts } from '../testing/flags-service.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';

@Controller('broken')
class BrokenController {
  constructor(private readonly orm: MikroORM) {}

  @Public()
  @Get()
  async read(): Promise<void> {
    await run(this.orm.em.fork(), sql`INSERT INTO flags (id, code) VALUES (uuidv7(), ${'ana@example.org'})`);
  }
}

@Module({ controllers: [BrokenController] })
class BrokenModule {}

const lines: string[] = [];
let service: ServiceUnderTest;

beforeAll(async () => {
  const logTo = { write: (line: string) => void lines.push(line) };
  const env = { LOG_LEVEL: 'info' };
  service = await serviceUnderTest({
    service: 'collections',
    module: BrokenModule,
    parts: flagsParts,
    env,
    kit: { logTo },
  });
});
afterAll(() => service.stop());

describe('a failed request', () => {
  it('is logged under its correlation id, without query string, token or the values of its statement', async () => {
    const answer = await request(service.app.getHttpServer())
      .get('/api/collections/broken')
      .query({ filter: '{"q":"Annabelle"}' })
      .set('Authorization', 'Bearer secret-token')
      .set('X-Correlation-Id', 'case-7');
    expect(answer.body).toMatchObject({ status: 500, code: 'internal', correlationId: 'case-7' });
    const logged = lines.filter((line) => line.includes('case-7'));
    expect(logged.map((line) => JSON.parse(line).msg)).toEqual(['A request failed', 'request errored']);
    expect(logged.join('')).toContain('"sqlState":"23502"');
    expect(logged.join('')).not.toMatch(/annabelle|secret-token/i);
  });
});
