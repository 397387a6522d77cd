import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toHeaders } from '@recoup/contracts';
import { Partitioners, type Message, type Producer } from 'kafkajs';
import { row, rows, run, sql } from '../database/database.js';
import { busFixture, openBusDatabase, testLog, until, type BusFixture } from '../testing/bus-fixture.js';
import { CutProxy } from '../testing/cut-proxy.js';
import { conflicts, poisoned, startStageConsumer, type StageConsumerApp } from '../testing/stage-consumer.js';
import { stageChange } from '../testing/stage-events.js';
import { flowCheck, type TopicFlow } from './flow-check.js';
import { projectionCurrency } from './projection-currency.js';
import { Relay } from './relay.js';

const topic = 'recoup.collections.events';
const stageChanged = 'recoup.collections.stage-changed.v1';
const flagsChanged = 'recoup.collections.flags-changed.v1';
const group = 'stage-consumer';
let bus: BusFixture;
let producer: Producer;
let consumer: StageConsumerApp;

beforeAll(async () => {
  bus = await busFixture();
  producer = bus.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  consumer = await startStageConsumer(bus.orm, bus.config, bus.config.topicPrefix + group, testLog);
});
afterAll(async () => {
  await consumer.app.close();
  await producer.disconnect();
  await bus.close();
});

interface Flaws {
  readonly type?: string;
  readonly value?: string;
}

/** An event of the account as the relay would send it, or with a flaw. */
function event(accountId: string, sequence: number, flaws: Flaws = {}): Message {
  const type = flaws.type ?? stageChanged;
  const { stage: _stage, previousStage: _previous, ...rest } = stageChange(accountId);
  const data = type === flagsChanged ? { ...rest, added: [], removed: [] } : stageChange(accountId);
  const time = '2026-11-22T00:00:00Z';
  const id = `${accountId}-${sequence}`;
  const headers = toHeaders({
    specversion: '1.0',
    id,
    source: '/recoup/collections',
    type,
    subject: accountId,
    time,
    sequence,
  });
  return { key: accountId, value: flaws.value ?? JSON.stringify(data), headers };
}

async function send(messages: Message[]): Promise<void> {
  for (let start = 0; start < messages.length; start += 1000)
    await producer.send({ topic: bus.config.topicPrefix + topic, messages: messages.slice(start, start + 1000) });
}

async function applied(accountId: string): Promise<number[]> {
  const found = await rows<{ sequence: number }>(
    bus.db(),
    sql`SELECT sequence FROM effects WHERE aggregate_id = ${accountId} ORDER BY id`,
  );
  return found.map(({ sequence }) => sequence);
}

async function effects(): Promise<{ n: number; once: number }> {
  const counted = await row<{ n: number; once: number }>(
    bus.db(),
    sql`SELECT count(*) AS n, count(DISTINCT (aggregate_id, sequence)) AS once FROM effects`,
  );
  return counted ?? { n: -1, once: -1 };
}

async function parked(accountId: string): Promise<[number | null, string][]> {
  const found = await rows<{ sequence: number | null; reason: string }>(
    bus.db(),
    sql`SELECT sequence, reason FROM parked_messages WHERE aggregate_id = ${accountId} AND replayed_at IS NULL ORDER BY sequence`,
  );
  return found.map(({ sequence, reason }) => [sequence, reason]);
}

/** The flow of the events topic once everything written has been read. */
async function flowWhenRead(): Promise<TopicFlow> {
  return until('everything was read', async () => {
    const flows = await flowCheck(bus.db(), bus.kafka);
    return flows.find((flow) => flow.topic === bus.config.topicPrefix + topic && flow.lag === 0);
  });
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('the batch consumer', () => {
  it('hands mixed types of one method over as one run', async () => {
    const account = randomUUID();
    await send(
      upTo(600).map((sequence) => event(account, sequence, { type: sequence % 2 ? stageChanged : flagsChanged })),
    );
    await until('all were applied', async () => (await applied(account)).length === 600);
    expect(await applied(account)).toEqual(upTo(600));
    const runs = await row<{ largest: number; types: number }>(
      bus.db(),
      sql`SELECT max(run_size) AS largest, count(DISTINCT type) AS types FROM effects WHERE aggregate_id = ${account}`,
    );
    expect(runs).toEqual({ largest: 600, types: 2 });
  });

  it('passes over what comes twice, and counts types it has no use for', async () => {
    const before = await flowWhenRead();
    const account = randomUUID();
    const referred = JSON.stringify({
      referralId: account,
      accountId: account,
      agencyCode: 'ARM',
      amount: 1,
      currency: 'USD',
      referredOn: '2026-11-22',
      actor: 'test',
      bulkActionId: null,
    });
    await send([
      event(account, 1),
      event(account, 1),
      event(account, 2, { type: 'recoup.collections.account-referred.v1', value: referred }),
      event(account, 3),
      event(account, 2, { type: 'recoup.collections.account-referred.v1', value: referred }),
    ]);
    await until('all were applied', async () => (await applied(account)).length === 2);
    expect(await applied(account)).toEqual([1, 3]);
    const after = await flowWhenRead();
    expect(after).toMatchObject({
      written: before.written + 5,
      applied: before.applied + 2,
      duplicate: before.duplicate + 2,
      unused: before.unused + 1,
      difference: 0,
    });
  });

  it('parks what can’t be read or applied with what follows of its aggregate; the rest goes on', async () => {
    const [badJson, unknownType, failing, fine] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    poisoned.add(failing);
    const messages = upTo(20).flatMap((sequence) => [
      event(badJson, sequence, sequence === 2 ? { value: '{"stage":' } : {}),
      event(unknownType, sequence, sequence === 2 ? { type: 'recoup.collections.stage-changed.v9' } : {}),
      event(failing, sequence),
      event(fine, sequence),
    ]);
    await send(messages);
    expect(await flowWhenRead()).toMatchObject({ difference: 0 });
    expect(await applied(fine)).toEqual(upTo(20));
    const behind = (first: number): [number, string][] =>
      upTo(20)
        .slice(first)
        .map((sequence) => [sequence, 'behind-parked']);
    for (const account of [badJson, unknownType]) {
      expect(await applied(account)).toEqual([1]);
      expect(await parked(account)).toEqual([[2, 'unreadable'], ...behind(2)]);
    }
    expect(await parked(failing)).toEqual([[1, 'handler-failed'], ...behind(1)]);
    expect(await applied(failing)).toEqual([]);

    const name = bus.config.topicPrefix + topic;
    expect(await consumer.server.replay(name, failing)).toEqual({
      applied: 0,
      stoppedBecause: expect.stringMatching(/can’t be applied/),
    });
    expect(await consumer.server.replay(name, badJson)).toEqual({
      applied: 0,
      stoppedBecause: 'the value is not JSON',
    });
    expect(await consumer.server.replay(name, unknownType)).toEqual({
      applied: 0,
      stoppedBecause: expect.stringMatching(/unknown type/),
    });
    poisoned.delete(failing);
    const replays = await Promise.all([consumer.server.replay(name, failing), consumer.server.replay(name, failing)]);
    expect(replays.map(({ stoppedBecause }) => stoppedBecause)).toEqual([undefined, undefined]);
    expect(await applied(failing)).toEqual(upTo(20));
    expect(await parked(failing)).toEqual([]);
    await send([event(failing, 21)]);
    await until('the next one was applied', async () => (await applied(failing)).length === 21);
  });

  it('tries again what a handler could not do just now, however often, and parks nothing', async () => {
    const account = randomUUID();
    conflicts.left = 12;
    await send(upTo(3).map((sequence) => event(account, sequence)));
    await until('all were applied', async () => (await applied(account)).length === 3);
    expect(conflicts.left).toBe(0);
    expect(await applied(account)).toEqual(upTo(3));
    expect(await parked(account)).toEqual([]);
  });

  it('keeps what comes after a gap until it is filled', async () => {
    const account = randomUUID();
    await send([1, 3, 4].map((sequence) => event(account, sequence)));
    await until('two wait', async () => (await parked(account)).length === 2);
    expect(await parked(account)).toEqual([
      [3, 'gap'],
      [4, 'behind-parked'],
    ]);
    await send([event(account, 2), event(account, 5)]);
    await until('all were applied', async () => (await applied(account)).length === 5);
    expect(await applied(account)).toEqual(upTo(5));
    expect(await parked(account)).toEqual([]);
  });

  it('changes nothing when a new group reads everything again, its positions gone', async () => {
    await flowWhenRead();
    const before = await effects();
    const waiting = await row(bus.db(), sql`SELECT count(*) AS n FROM parked_messages WHERE replayed_at IS NULL`);
    await consumer.app.close();
    await run(bus.db(), sql`TRUNCATE consumer_positions`);
    consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}another`, testLog);
    await until('the topic was read again', async () => (await flowCheck(bus.db(), bus.kafka)).length > 0);
    expect(await flowWhenRead()).toMatchObject({ applied: 0, difference: 0 });
    expect(await effects()).toEqual(before);
    expect(await row(bus.db(), sql`SELECT count(*) AS n FROM parked_messages WHERE replayed_at IS NULL`)).toEqual(
      waiting,
    );
  });

  it('waits while the database can’t be reached, parks nothing, and goes on', async () => {
    const proxy = await CutProxy.before(bus.database.ownerUrl);
    const orm = await openBusDatabase(proxy.url);
    await consumer.app.close();
    const there = await startStageConsumer(orm, bus.config, `${bus.config.topicPrefix}another`, testLog);
    const account = randomUUID();
    await send([event(account, 1)]);
    await until('the first was applied', async () => (await applied(account)).length === 1);
    await proxy.cut();
    await send(
      upTo(50)
        .slice(1)
        .map((sequence) => event(account, sequence)),
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 2000);
    });
    expect(await applied(account)).toEqual([1]);
    await proxy.mend();
    await until('all were applied', async () => (await applied(account)).length === 50);
    expect(await applied(account)).toEqual(upTo(50));
    expect(await parked(account)).toEqual([]);
    await there.app.close();
    await orm.close(true);
    await proxy.cut();
    consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}another`, testLog);
  });

  it('applies each message once when it is killed between its commit and Kafka’s', async () => {
    await consumer.app.close();
    const accounts = Array.from({ length: 30 }, () => randomUUID());
    const before = await effects();
    await send(upTo(20).flatMap((sequence) => accounts.map((account) => event(account, sequence))));
    const groupId = `${bus.config.topicPrefix}killed`;
    await until(
      'the killed consumer had committed some',
      async () => {
        await ended(consumerInChild(groupId, 'batch-committed@1'));
        return (await effects()).n > before.n;
      },
      60_000,
    );
    consumer = await startStageConsumer(bus.orm, bus.config, groupId, testLog);
    await until('all were applied', async () => (await effects()).n >= before.n + 600, 60_000);
    expect(await flowWhenRead()).toMatchObject({ difference: 0 });
    expect(await effects()).toEqual({ n: before.n + 600, once: before.once + 600 });
  });

  it('leaves nothing that breaks the invariants of the bus', async () => {
    await flowWhenRead();
    const text = readFileSync(new URL('../../invariants-bus.sql', import.meta.url), 'utf8');
    const queries = text.split(';').filter((query) => query.trim() !== '');
    expect(queries).toHaveLength(3);
    for (const query of queries) expect(await rows(bus.db(), sql.raw(query))).toEqual([]);
    await run(bus.db(), sql`UPDATE consumer_positions SET applied = applied + 1`);
    expect(await rows(bus.db(), sql.raw(queries[2] ?? ''))).not.toEqual([]);
    await run(bus.db(), sql`UPDATE consumer_positions SET applied = applied - 1`);
  });

  it('tells how current the projection is, by the producer’s heartbeats', async () => {
    const relay = new Relay(bus.orm, bus.kafka, 'collections', bus.config, testLog);
    const ask = () => projectionCurrency(bus.orm, 'collections', bus.config.topicPrefix);
    expect(await ask()).toEqual({ currentAsOf: null, eventsBehind: 0 });
    const started = new Date().toISOString();
    relay.start();
    const current = await until('it is current', async () => {
      const { currentAsOf, eventsBehind } = await ask();
      return currentAsOf !== null && currentAsOf >= started && { currentAsOf, eventsBehind };
    });
    expect(current.eventsBehind).toBe(0);
    await relay.stop();
    // A later heartbeat, whose last event has not come by.
    const ahead = { [topic]: Array.from({ length: 12 }, () => -1) };
    const { written } = await flowWhenRead();
    ahead[topic]?.splice(0, 1, written + 6);
    await run(
      bus.db(),
      sql`INSERT INTO relay_heartbeats VALUES ('collections', ${new Date().toISOString()}, ${JSON.stringify(ahead)}::json)`,
    );
    const behind = await ask();
    expect(behind.currentAsOf).toBe(current.currentAsOf);
    expect(behind.eventsBehind).toBeGreaterThan(6);
  });

  it('reads from the start when the broker lost its log', async () => {
    await flowWhenRead();
    await run(bus.db(), sql`UPDATE consumer_positions SET next_offset = next_offset + 1000000`);
    await consumer.app.close();
    consumer = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}after-loss`, testLog);
    const account = randomUUID();
    await send([event(account, 1)]);
    await until('it was applied', async () => (await applied(account)).length === 1);
    expect(await flowWhenRead()).toMatchObject({ difference: 0 });
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
