import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { Module } from '@nestjs/common';
import { Migration } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { auditTablesSql } from '../audit/audit.js';
import { serviceGrantsSql } from '../audit/grants.js';
import { rows, sql } from '../database/database.js';
import { runsTablesSql } from '../runs/runs-tables.sql.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';
import { BatchKafkaServer } from './batch-kafka-server.js';
import { busTablesSql } from './bus-tables.sql.js';
import { consumeBatch } from './consume-batch.js';
import { ParkedMessagesController } from './parked-messages.http.js';

class ParkedMigration extends Migration {
  override up(): void {
    for (const text of [auditTablesSql, busTablesSql, runsTablesSql]) this.addSql(text);
    for (const statement of serviceGrantsSql('ledger')) this.addSql(statement);
  }
}

const bus = { brokers: ['127.0.0.1:1'], topicPrefix: '', replication: 1, clientId: 'test' };

/** The controller beside a server that no broker feeds: the test hands messages over itself. */
@Module({
  controllers: [ParkedMessagesController],
  providers: [
    {
      provide: BatchKafkaServer,
      useFactory: (orm: MikroORM) => new BatchKafkaServer(orm, bus, 'test', () => undefined),
      inject: [MikroORM],
    },
  ],
})
class ParkedModule {}

const path = '/api/ledger/parked-messages';
const topic = 'recoup.ledger.commands';
let service: ServiceUnderTest;
let server: Server;
let offset = 0;

beforeAll(async () => {
  service = await serviceUnderTest({
    service: 'ledger',
    module: ParkedModule,
    parts: { entities: [], migrations: [{ name: 'parked-test', class: ParkedMigration }] },
  });
  server = service.app.getHttpServer();
}, 120_000);
afterAll(() => service.stop());

/** Hands one message over that can't be read; it waits as its key's. */
async function unreadable(key: string): Promise<void> {
  const raw = { topic, partition: 0, offset: offset++, key, headers: {}, value: Buffer.from('{') };
  await consumeBatch(service.orm.em.fork(), [raw], () => undefined);
}

describe('Parked messages', () => {
  it('are listed with their reason and without their contents, and a replay says why it stopped', async () => {
    await unreadable('a-1');
    const supervisor = await service.bearer({ role: 'supervisor', user: 'sue' });
    const { body } = await request(server)
      .get(path)
      .query({ filter: '{"waiting":true}' })
      .set('Authorization', supervisor)
      .expect(200);
    expect(body).toMatchObject([{ reason: 'unreadable', aggregateId: 'a-1', topic, replayedAt: null }]);
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

  it('without sequence hold up nothing: what comes after is not parked behind them', async () => {
    const key = randomUUID();
    await unreadable(key);
    await unreadable(key);
    const parked = await rows(
      service.orm.em.fork(),
      sql`SELECT reason FROM parked_messages WHERE aggregate_id = ${key} ORDER BY "offset"`,
    );
    expect(parked).toEqual([{ reason: 'unreadable' }, { reason: 'unreadable' }]);
  });
});
