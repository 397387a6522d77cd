import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { Module } from '@nestjs/common';
import { Migration } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { auditTablesSql } from '../audit/audit.js';
import { serviceGrantsSql } from '../audit/grants.js';
import { row, rows, run, sql } from '../database/database.js';
import { idempotencyTablesSql } from '../http/idempotency.js';
import { runsTablesSql } from '../runs/runs-tables.sql.js';
import { event } from '../testing/stage-topic.js';
import { serviceUnderTest, type ServiceUnderTest } from '../testing/service-under-test.js';
import { BatchKafkaServer } from './batch-kafka-server.js';
import { busTablesSql } from './bus-tables.sql.js';
import { consumeBatch } from './consume-batch.js';
import { replayableAggregates } from './parked-messages.js';
import { ParkedMessagesController } from './parked-messages.http.js';
import type { RawMessage } from './received-message.js';

class ParkedMigration extends Migration {
  override up(): void {
    for (const text of [auditTablesSql, busTablesSql, runsTablesSql, idempotencyTablesSql]) this.addSql(text);
    this.addSql('CREATE TABLE offices (id uuid PRIMARY KEY, code text NOT NULL)');
    this.addSql('CREATE TABLE accounts (id uuid PRIMARY KEY, office_id uuid NOT NULL)');
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
const eventsTopic = 'recoup.collections.events';
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

/** Hands one message over that can't be read; it waits as its key's. Answers its id. */
async function unreadable(key: string): Promise<string> {
  const raw = { topic, partition: 0, offset: offset++, key, headers: {}, value: Buffer.from('{') };
  await consumeBatch(service.orm.em.fork(), [raw], () => undefined);
  return waiting(key);
}

/** Hands an account's events over, those that are named without readable data. */
async function deliver(account: string, sequences: number[], broken: number[] = []): Promise<void> {
  const batch = sequences.map((sequence): RawMessage => {
    const { headers = {}, value } = event(account, sequence, broken.includes(sequence) ? { value: '{' } : {});
    const bytes = Buffer.from(value ?? '');
    return { topic: eventsTopic, partition: 0, offset: offset++, key: account, headers, value: bytes };
  });
  await consumeBatch(service.orm.em.fork(), batch, () => undefined);
}

/** The id of the message of a key, or of one of its events, that waits. */
async function waiting(key: string, sequence: number | null = null): Promise<string> {
  const found = await row<{ id: string }>(
    service.orm.em.fork(),
    sql`SELECT id FROM parked_messages WHERE aggregate_id = ${key} AND replayed_at IS NULL
          AND sequence IS NOT DISTINCT FROM ${sequence}::bigint ORDER BY "offset" DESC LIMIT 1`,
  );
  if (!found) throw new Error(`nothing of ${key} waits`);
  return found.id;
}

async function discard(
  id: string,
  body: object = { reason: 'written by hand' },
  role = 'administrator',
): Promise<request.Response> {
  const bearer = await service.bearer({ role, user: 'ada' });
  return request(server).post(`${path}/${id}/discard`).set('Authorization', bearer).send(body);
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
    const replay = () =>
      request(server)
        .post(`${path}/${body[0].id}/replay`)
        .set({ Authorization: supervisor, 'Idempotency-Key': 'replay-1' })
        .expect(200);
    const [replayed, again] = [await replay(), await replay()];
    expect(replayed.body).toEqual({ applied: 0, stoppedBecause: expect.any(String) });
    expect([again.body, again.headers['idempotency-hit']]).toEqual([replayed.body, 'true']);
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

describe('A parked message that can not be read', () => {
  it('gives way to a readable one of its number, however often it came', async () => {
    for (const deliveries of [[[1, 2, 3], [2]], [[1, 2, 2, 3]]]) {
      const account = randomUUID();
      let broken = true;
      for (const sequences of deliveries) {
        await deliver(account, sequences, broken ? [2] : []);
        broken = false;
      }
      if (deliveries.length === 1) await deliver(account, [2]);
      const applied = await row(
        service.orm.em.fork(),
        sql`SELECT sequence FROM applied_sequences WHERE aggregate_id = ${account}`,
      );
      expect(applied).toEqual({ sequence: 2 });
      const left = await rows(
        service.orm.em.fork(),
        sql`SELECT sequence, reason FROM parked_messages WHERE aggregate_id = ${account} AND replayed_at IS NULL`,
      );
      expect(left).toEqual([{ sequence: 3, reason: 'behind-parked' }]);
      expect(await replayableAggregates(service.orm.em.fork(), eventsTopic)).toContain(account);
    }
  });

  it('is discarded by an administrator, with a reason and a line in the audit, and once', async () => {
    const key = randomUUID();
    const id = await unreadable(key);
    expect((await discard(id, { reason: 'x' }, 'supervisor')).status).toBe(403);
    expect((await discard(id, {})).status).toBe(400);
    expect((await discard(randomUUID())).status).toBe(404);
    const discarded = await discard(id);
    expect(discarded.status).toBe(200);
    const becomes = { id, reason: 'discarded', detail: 'written by hand', replayedAt: expect.any(String) };
    expect(discarded.body).toMatchObject(becomes);
    const [line] = await rows(
      service.orm.em.fork(),
      sql`SELECT actor, action, before, after FROM audit WHERE entity_id = ${id}`,
    );
    expect(line).toEqual({
      actor: 'ada',
      action: 'discard-parked',
      before: expect.objectContaining({ topic, partition: 0, aggregateId: key, sequence: null, passed: false }),
      after: { reason: 'written by hand' },
    });
    expect(await discard(id)).toMatchObject({ status: 409, body: { code: 'not-waiting' } });
  });

  it('is discarded once under a key that comes twice', async () => {
    const id = await unreadable(randomUUID());
    const bearer = await service.bearer({ role: 'administrator' });
    const send = () =>
      request(server)
        .post(`${path}/${id}/discard`)
        .set({ Authorization: bearer, 'Idempotency-Key': id })
        .send({ reason: 'of no use' });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.headers['idempotency-hit']]).toEqual([200, 200, 'true']);
    expect(second.body).toEqual(first.body);
  });

  it('lets those go on that waited behind it, where it is the next event of its aggregate', async () => {
    const account = randomUUID();
    await deliver(account, [1, 2, 3, 4], [2]);
    const discarded = await discard(await waiting(account, 2));
    expect(discarded.status).toBe(200);
    const replayed = await request(server)
      .post(`${path}/${await waiting(account, 3)}/replay`)
      .set('Authorization', await service.bearer({ role: 'administrator' }));
    expect(replayed.body).toEqual({ applied: 2, stoppedBecause: null });
    const db = service.orm.em.fork();
    const applied = await row(db, sql`SELECT sequence FROM applied_sequences WHERE aggregate_id = ${account}`);
    expect(applied).toEqual({ sequence: 4 });
  });

  it('stays as long as an event before it is missing: its turn has not come', async () => {
    const account = randomUUID();
    await deliver(account, [1, 3], [3]);
    const refused = await discard(await waiting(account, 3));
    expect(refused).toMatchObject({ status: 422, body: { code: 'not-its-turn' } });
    expect(refused.body.detail).toContain('Event 2 of this aggregate comes before this one, 3.');
    expect(await waiting(account, 3)).toBeDefined();
  });
});

describe('A parked message that can be read', () => {
  it('is never discarded, for the figures would be wrong without it', async () => {
    const account = randomUUID();
    await deliver(account, [1, 3]);
    const refused = await discard(await waiting(account, 3));
    expect(refused).toMatchObject({ status: 422, body: { code: 'can-be-read' } });
    expect(refused.body.detail).toContain('event 3 of its aggregate');
    expect(refused.body.detail).toContain('the figures here would be wrong');
    expect(await waiting(account, 3)).toBeDefined();
  });
});

describe('A parked message about an account', () => {
  it('is in sight of those who may see its office, and of nobody else', async () => {
    const account = randomUUID();
    const office = randomUUID();
    await run(service.orm.em.fork(), sql`INSERT INTO offices VALUES (${office}, 'MAD')`);
    await run(service.orm.em.fork(), sql`INSERT INTO accounts VALUES (${account}, ${office})`);
    const id = await unreadable(account);
    const loose = await unreadable('no-account');
    const seen = async (offices: string[]): Promise<[number, string[]]> => {
      const bearer = await service.bearer({ role: 'administrator', user: 'ada', offices });
      const one = await request(server).get(`${path}/${id}`).set('Authorization', bearer);
      const filter = JSON.stringify({ id: [id, loose] });
      const { body } = await request(server).get(path).query({ filter }).set('Authorization', bearer).expect(200);
      return [one.status, body.map((each: { id: string }) => each.id).toSorted()];
    };
    expect(await seen(['MAD'])).toEqual([200, [id, loose].toSorted()]);
    expect(await seen(['NYC'])).toEqual([404, [loose]]);
    const abroad = await service.bearer({ role: 'administrator', user: 'ada', offices: ['NYC'] });
    for (const step of ['replay', 'discard']) {
      const asked = request(server).post(`${path}/${id}/${step}`).set('Authorization', abroad);
      await asked.send(step === 'discard' ? { reason: 'mine' } : {}).expect(404);
    }
  });
});
