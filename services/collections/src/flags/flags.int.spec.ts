import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, sql } from '@recoup/service-kit';
import request from 'supertest';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { accountId, seedBooks } from '../testing/seed-books.js';

const path = '/api/collections/flags';
let service: CollectionsUnderTest;
let server: Server;
let administrator: string;
let collector: string;

beforeAll(async () => {
  service = await collectionsUnderTest({ runner: false });
  server = service.app.getHttpServer();
  administrator = await service.bearer({ role: 'administrator', user: 'ada' });
  collector = await service.bearer({ role: 'collector', user: 'carl', offices: ['NYC'] });
  await seedBooks(service.orm.em.fork(), 20);
}, 120_000);
afterAll(() => service.stop());

function send(method: 'post' | 'put' | 'delete', url: string, token: string, body: object = {}) {
  return request(server)[method](url).set('Authorization', token).send(body);
}

function card(n: number): string {
  return `/api/collections/accounts/${accountId(n)}`;
}

describe('Flags', () => {
  it('are defined by administrators, each with a code of its own', async () => {
    const made = await send('post', path, administrator, { code: 'vip', name: 'VIP' }).expect(201);
    expect(made.body).toMatchObject({ code: 'vip', name: 'VIP', colour: '#6e7781', active: true });
    const taken = await send('post', path, administrator, { code: 'vip', name: 'Again' }).expect(409);
    expect(taken.body).toMatchObject({ code: 'code-taken', errors: [{ field: 'code' }] });
    await send('post', path, collector, { code: 'mine', name: 'Mine' }).expect(403);
    const edited = await send('put', `${path}/${made.body.id}`, administrator, {
      ...made.body,
      name: 'Very important',
    }).expect(200);
    expect(edited.body).toMatchObject({ name: 'Very important', version: made.body.version + 1 });
    await send('put', `${path}/${made.body.id}`, administrator, edited.body).set('If-Match', '"1"').expect(412);
    for (const changed of [{ code: 'other' }, { version: 77 }, { id: accountId(1) }]) {
      const refused = await send('put', `${path}/${made.body.id}`, administrator, { ...edited.body, ...changed });
      expect([refused.status, refused.body.code, refused.body.errors[0].field]).toEqual([
        400,
        'read-only',
        Object.keys(changed)[0],
      ]);
    }
    const left = await send('put', `${path}/${made.body.id}`, administrator, { active: true }).expect(200);
    expect(left.body).toMatchObject({ name: 'Very important', version: edited.body.version + 1 });
  });

  it('on the card are given and taken, inactive ones only taken, and what is in use is not deleted', async () => {
    const { body: flag } = await send('post', path, administrator, { code: 'late', name: 'Late' }).expect(201);
    const flags = `${card(1)}/flags`;
    expect((await send('post', flags, collector, { add: ['late'] }).expect(200)).body).toEqual({
      id: accountId(1),
      stage: 'not-set',
      flags: ['late'],
    });
    expect((await send('post', flags, collector, { add: ['late'] }).expect(200)).body.flags).toEqual(['late']);
    expect((await send('delete', `${path}/${flag.id}`, administrator).expect(409)).body.code).toBe('flag-in-use');
    await send('put', `${path}/${flag.id}`, administrator, { ...flag, active: false }).expect(200);
    expect((await send('post', flags, collector, { remove: ['late'] }).expect(200)).body.flags).toEqual([]);
    expect((await send('post', flags, collector, { add: ['late'] }).expect(422)).body.code).toBe('inactive-flag');
    await send('delete', `${path}/${flag.id}`, administrator).set('If-Match', '"1"').expect(412);
    await send('delete', `${path}/${flag.id}`, administrator).set('If-Match', '"2"').expect(200);
    await request(server).get(`${path}/${flag.id}`).set('Authorization', administrator).expect(404);
  });

  it('and stages are kept from closed accounts and other offices as the rules say', async () => {
    await run(service.orm.em.fork(), sql`UPDATE accounts SET status = 'closed' WHERE id = ${accountId(2)}`);
    expect((await send('post', `${card(2)}/stage`, collector, { stage: 'sent' }).expect(422)).body.code).toBe('closed');
    await send('post', `${card(2)}/flags`, collector, { add: ['vip'] }).expect(200);
    await send('post', `${card(1_000_001)}/stage`, collector, { stage: 'sent' }).expect(404);
    await send('post', `${card(1)}/stage`, collector, { stage: 'gone' }).expect(400);
    await send('post', `${card(1)}/stage`, administrator, { stage: 'sent' }).expect(403);
  });
});
