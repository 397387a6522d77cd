import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consumeBatch } from '@recoup/service-kit';
import request from 'supertest';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';

const path = '/api/collections/parked-messages';
let service: CollectionsUnderTest;
let server: Server;

beforeAll(async () => {
  service = await collectionsUnderTest({ runner: false });
  server = service.app.getHttpServer();
  const raw = {
    topic: 'recoup.ledger.events',
    partition: 0,
    offset: 0,
    key: 'a-1',
    headers: {},
    value: Buffer.from('{'),
  };
  await consumeBatch(service.orm.em.fork(), [raw], () => undefined);
}, 120_000);
afterAll(() => service.stop());

describe('Parked messages', () => {
  it('are listed with their reason and without their contents, and a replay says why it stopped', async () => {
    const supervisor = await service.bearer({ role: 'supervisor', user: 'sue' });
    const { body } = await request(server)
      .get(path)
      .query({ filter: '{"waiting":true}' })
      .set('Authorization', supervisor)
      .expect(200);
    expect(body).toMatchObject([
      { reason: 'unreadable', aggregateId: 'a-1', topic: 'recoup.ledger.events', replayedAt: null },
    ]);
    expect(body[0]).not.toHaveProperty('value');
    const replayed = await request(server)
      .post(`${path}/${body[0].id}/replay`)
      .set('Authorization', supervisor)
      .expect(200);
    expect(replayed.body).toEqual({ applied: 0, stoppedBecause: expect.any(String) });
    await request(server)
      .get(path)
      .set('Authorization', await service.bearer({ role: 'collector' }))
      .expect(403);
  });
});
