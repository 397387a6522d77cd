import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, run, sql } from '../database/database.js';
import { busFixture, testLog, until, type BusFixture } from '../testing/bus-fixture.js';
import { conflicts, poisoned, startStageConsumer, type StageConsumerApp } from '../testing/stage-consumer.js';
import { event, flagsChanged, stageChanged, StageTopic, upTo } from '../testing/stage-topic.js';
import { projectionCurrency } from './projection-currency.js';
import { Relay } from './relay.js';

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

/** What waits behind the first ones, up to the twentieth. */
const behindFrom = (first: number): [number, string][] =>
  upTo(20)
    .slice(first)
    .map((sequence) => [sequence, 'behind-parked']);

describe('the batch consumer', () => {
  it('says whether it is in its group now, not whether it once was', async () => {
    await until('the consumer is in its group', async () => consumer.server.state.consuming);
    const other = await startStageConsumer(bus.orm, bus.config, `${bus.config.topicPrefix}leaves`, testLog);
    await until('the other is in its group', async () => other.server.state.consuming);
    expect(other.server.state.reason).toBe('');
    await other.app.close();
    expect(other.server.state.consuming).toBe(false);
  });

  it('hands mixed types of one method over as one run', async () => {
    const account = randomUUID();
    await topic.send(
      upTo(600).map((sequence) => event(account, sequence, { type: sequence % 2 ? stageChanged : flagsChanged })),
    );
    expect(await topic.appliedOnce(account, 600)).toEqual(upTo(600));
    const runs = await row<{ largest: number; types: number }>(
      bus.db(),
      sql`SELECT max(run_size) AS largest, count(DISTINCT type) AS types FROM effects WHERE aggregate_id = ${account}`,
    );
    expect(runs).toEqual({ largest: 600, types: 2 });
  });

  it('passes over what comes twice, and counts types it has no use for', async () => {
    const before = await topic.flowWhenRead();
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
    await topic.send([
      event(account, 1),
      event(account, 1),
      event(account, 2, { type: 'recoup.collections.account-referred.v1', value: referred }),
      event(account, 3),
      event(account, 2, { type: 'recoup.collections.account-referred.v1', value: referred }),
    ]);
    expect(await topic.appliedOnce(account, 2)).toEqual([1, 3]);
    const after = await topic.flowWhenRead();
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
    await topic.send(messages);
    expect(await topic.flowWhenRead()).toMatchObject({ difference: 0 });
    expect(await topic.applied(fine)).toEqual(upTo(20));
    for (const account of [badJson, unknownType]) {
      expect(await topic.applied(account)).toEqual([1]);
      expect(await topic.parked(account)).toEqual([[2, 'unreadable'], ...behindFrom(2)]);
    }
    expect(await topic.parked(failing)).toEqual([[1, 'handler-failed'], ...behindFrom(1)]);
    expect(await topic.applied(failing)).toEqual([]);

    expect(await consumer.server.replay(topic.name, failing)).toEqual({
      applied: 0,
      stoppedBecause: expect.stringMatching(/can’t be applied/),
    });
    expect(await consumer.server.replay(topic.name, badJson)).toEqual({
      applied: 0,
      stoppedBecause: 'the value is not JSON',
    });
    expect(await consumer.server.replay(topic.name, unknownType)).toEqual({
      applied: 0,
      stoppedBecause: expect.stringMatching(/unknown type/),
    });
    poisoned.delete(failing);
    const replays = await Promise.all([
      consumer.server.replay(topic.name, failing),
      consumer.server.replay(topic.name, failing),
    ]);
    expect(replays.map(({ stoppedBecause }) => stoppedBecause)).toEqual([undefined, undefined]);
    expect(await topic.applied(failing)).toEqual(upTo(20));
    expect(await topic.parked(failing)).toEqual([]);
    await topic.send([event(failing, 21)]);
    await until('the next one was applied', async () => (await topic.applied(failing)).length === 21);
  });

  it('tries again what a handler could not do just now, however often, and parks nothing', async () => {
    const account = randomUUID();
    conflicts.left = 12;
    await topic.send(upTo(3).map((sequence) => event(account, sequence)));
    await until('all were applied', async () => (await topic.applied(account)).length === 3);
    expect(conflicts.left).toBe(0);
    expect(await topic.applied(account)).toEqual(upTo(3));
    expect(await topic.parked(account)).toEqual([]);
  });

  it('keeps what comes after a gap until it is filled', async () => {
    const account = randomUUID();
    await topic.send([1, 3, 4].map((sequence) => event(account, sequence)));
    await until('two wait', async () => (await topic.parked(account)).length === 2);
    expect(await topic.parked(account)).toEqual([
      [3, 'gap'],
      [4, 'behind-parked'],
    ]);
    await topic.send([event(account, 2), event(account, 5)]);
    expect(await topic.appliedOnce(account, 5)).toEqual(upTo(5));
    expect(await topic.parked(account)).toEqual([]);
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
    const ahead = { ['recoup.collections.events']: Array.from({ length: 12 }, () => -1) };
    const { written } = await topic.flowWhenRead();
    ahead['recoup.collections.events'].splice(0, 1, written + 6);
    await run(
      bus.db(),
      sql`INSERT INTO relay_heartbeats VALUES ('collections', ${new Date().toISOString()}, ${JSON.stringify(ahead)}::json)`,
    );
    const behind = await ask();
    expect(behind.currentAsOf).toBe(current.currentAsOf);
    expect(behind.eventsBehind).toBeGreaterThan(6);
  });
});
