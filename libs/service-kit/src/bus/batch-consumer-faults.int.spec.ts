import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql } from '../database/database.js';
import { busFixture, openBusDatabase, testLog, until, type BusFixture } from '../testing/bus-fixture.js';
import { CutProxy } from '../testing/cut-proxy.js';
import { startStageConsumer, type StageConsumerApp } from '../testing/stage-consumer.js';
import { event, StageTopic, upTo } from '../testing/stage-topic.js';
import { flowCheck } from './flow-check.js';

let bus: BusFixture;
let topic: StageTopic;
let consumer: StageConsumerApp;

beforeAll(async () => {
  bus = await busFixture();
  topic = await StageTopic.open(bus);
  consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}stage-consumer`, testLog);
});
afterAll(async () => {
  await consumer.app.close();
  await topic.close();
  await bus.close();
});

/** How many messages of the topic the broker was told that a group has read. */
async function readBy(groupId: string): Promise<number> {
  const admin = bus.kafka.admin();
  await admin.connect();
  try {
    const [read] = await admin.fetchOffsets({ groupId, topics: [topic.name] });
    return (read?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  } finally {
    await admin.disconnect();
  }
}

describe('the batch consumer, when something fails', () => {
  it('changes nothing when a new group reads everything again, its positions gone', async () => {
    const [whole, gap, bad] = [randomUUID(), randomUUID(), randomUUID()];
    await topic.send(upTo(100).map((sequence) => event(whole, sequence)));
    await topic.send([1, 3, 4].map((sequence) => event(gap, sequence)));
    await topic.send([1, 2, 3].map((sequence) => event(bad, sequence, sequence === 2 ? { value: '{' } : {})));
    await topic.flowWhenRead();
    const before = await topic.effects();
    expect(before).toEqual({ n: 102, once: 102 });
    const waiting = await row(bus.db(), sql`SELECT count(*) AS n FROM parked_messages WHERE replayed_at IS NULL`);
    await consumer.app.close();
    await run(bus.db(), sql`TRUNCATE consumer_positions`);
    consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}another`, testLog);
    await until('the topic was read again', async () => (await flowCheck(bus.db(), bus.kafka)).length > 0);
    expect(await topic.flowWhenRead()).toMatchObject({ applied: 0, difference: 0 });
    expect(await topic.effects()).toEqual(before);
    expect(await row(bus.db(), sql`SELECT count(*) AS n FROM parked_messages WHERE replayed_at IS NULL`)).toEqual(
      waiting,
    );
  });

  it('has told the broker how far it has read when it stops', async () => {
    const groupId = `${bus.config.topicPrefix}another`;
    const account = randomUUID();
    await topic.send(upTo(50).map((sequence) => event(account, sequence)));
    await topic.appliedOnce(account, 50);
    const { written } = await topic.flowWhenRead();
    await consumer.app.close();
    expect(await readBy(groupId)).toBe(written);
    consumer = await startStageConsumer(bus.orm, bus.config, groupId, testLog);
  });

  it('tells the broker how far it has read while it works', async () => {
    await topic.send([event(randomUUID(), 1)]);
    const { written } = await topic.flowWhenRead();
    const told = async (): Promise<boolean> => (await readBy(`${bus.config.topicPrefix}another`)) === written;
    expect(await until('it was told', told)).toBe(true);
  });

  it('waits while the database can’t be reached, parks nothing, and goes on', async () => {
    const proxy = await CutProxy.before(bus.database.ownerUrl);
    const orm = await openBusDatabase(proxy.url);
    await consumer.app.close();
    const there = await startStageConsumer(orm, bus.config, `${bus.config.topicPrefix}another`, testLog);
    const account = randomUUID();
    await topic.send([event(account, 1)]);
    await until('the first was applied', async () => (await topic.applied(account)).length === 1);
    await proxy.cut();
    await topic.send(
      upTo(50)
        .slice(1)
        .map((sequence) => event(account, sequence)),
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 2000);
    });
    expect(await topic.applied(account)).toEqual([1]);
    await proxy.mend();
    expect(await topic.appliedOnce(account, 50)).toEqual(upTo(50));
    expect(await topic.parked(account)).toEqual([]);
    await there.app.close();
    await orm.close(true);
    await proxy.cut();
    consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}another`, testLog);
  });

  it('applies each message once when it is killed between its commit and Kafka’s', async () => {
    await consumer.app.close();
    const accounts = Array.from({ length: 30 }, () => randomUUID());
    const before = await topic.effects();
    await topic.send(upTo(20).flatMap((sequence) => accounts.map((account) => event(account, sequence))));
    const groupId = `${bus.config.topicPrefix}killed`;
    await until(
      'the killed consumer had committed some',
      async () => {
        await ended(consumerInChild(groupId, 'batch-committed@1'));
        return (await topic.effects()).n > before.n;
      },
      60_000,
    );
    consumer = await startStageConsumer(bus.orm, bus.config, groupId, testLog);
    await until('all were applied', async () => (await topic.effects()).n >= before.n + 600, 60_000);
    expect(await topic.flowWhenRead()).toMatchObject({ difference: 0 });
    expect(await topic.effects()).toEqual({ n: before.n + 600, once: before.once + 600 });
  });

  it('leaves nothing that breaks the invariants of the bus', async () => {
    await topic.flowWhenRead();
    const text = readFileSync(new URL('../../invariants-bus.sql', import.meta.url), 'utf8');
    const queries = text.split(';').filter((query) => query.trim() !== '');
    expect(queries).toHaveLength(3);
    for (const query of queries) expect(await rows(bus.db(), sql.raw(query))).toEqual([]);
    await run(bus.db(), sql`UPDATE consumer_positions SET applied = applied + 1`);
    expect(await rows(bus.db(), sql.raw(queries[2] ?? ''))).not.toEqual([]);
    await run(bus.db(), sql`UPDATE consumer_positions SET applied = applied - 1`);
  });

  it('reads from the start when the broker lost its log', async () => {
    await topic.flowWhenRead();
    await run(bus.db(), sql`UPDATE consumer_positions SET next_offset = next_offset + 1000000`);
    await consumer.app.close();
    consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}after-loss`, testLog);
    const account = randomUUID();
    await topic.send([event(account, 1)]);
    await until('it was applied', async () => (await topic.applied(account)).length === 1);
    expect(await topic.flowWhenRead()).toMatchObject({ difference: 0 });
  });
});

function consumerInChild(groupId: string, failpoints: string): ChildProcess {
  const program = fileURLToPath(new URL('../testing/consumer-process.js', import.meta.url));
  return fork(program, [bus.database.ownerUrl, bus.config.topicPrefix, groupId], {
    env: { ...process.env, RECOUP_FAILPOINTS: failpoints },
  });
}

function ended(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
}
