import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { heartbeat } from '@recoup/contracts';
import { row, rows, run, sql } from '../database/database.js';
import { CutLine } from '../testing/cut-line.js';
import { busFixture, openBusDatabase, testLog, until, type BusFixture } from '../testing/bus-fixture.js';
import { newAccounts, pause, recordEffects, writeEvents } from '../testing/stage-events.js';
import { readTopic, type StoredMessage } from '../testing/test-kafka.js';
import { consumeBatch } from './consume-batch.js';
import type { RawMessage } from './received-message.js';
import { Relay } from './relay.js';

const events = 'recoup.collections.events';
let bus: BusFixture;

beforeAll(async () => {
  bus = await busFixture();
});
afterAll(() => bus.close());

async function unpublished(): Promise<number> {
  return (
    (await row<{ n: number }>(bus.db(), sql`SELECT count(*) AS n FROM outbox WHERE published_at IS NULL`))?.n ?? -1
  );
}

async function written(accounts: readonly string[]): Promise<StoredMessage[]> {
  const known = new Set(accounts);
  const all = await readTopic(bus.config.topicPrefix + events);
  return all.filter(({ key }) => known.has(key ?? ''));
}

/** First deliveries of each aggregate, in the order in which they lie in the topic. */
function firstSequences(messages: readonly StoredMessage[]): Map<string, number[]> {
  const firsts = new Map<string, number[]>();
  for (const { key, headers } of messages) {
    const sequence = Number(headers['ce_sequence']);
    const known = firsts.get(key ?? '') ?? [];
    if (!known.includes(sequence)) firsts.set(key ?? '', [...known, sequence]);
  }
  return firsts;
}

async function expectNothingLost(accounts: readonly string[]): Promise<StoredMessage[]> {
  const messages = await written(accounts);
  const owners = await rows<{ id: string; sequence: number }>(
    bus.db(),
    sql`SELECT id, sequence FROM producing_accounts WHERE sequence > 0 AND id = ANY(${accounts}::uuid[])`,
  );
  const expected = owners.map(
    ({ id, sequence }) => [id, Array.from({ length: sequence }, (_, index) => index + 1)] as const,
  );
  expect(firstSequences(messages)).toEqual(new Map(expected));
  return messages;
}

function newRelay(orm = bus.orm, kafka = bus.kafka): Relay {
  return new Relay(orm, kafka, 'collections', bus.config, testLog);
}

describe('the relay', () => {
  beforeEach(() => run(bus.db(), sql`TRUNCATE outbox`));

  it('takes together what a trickle brings within its pace, and marks it together', async () => {
    const accounts = await newAccounts(bus.db(), 3);
    const relay = newRelay();
    relay.start();
    const since = performance.now();
    for (let done = 0; done < 100; done += 1) await writeEvents(bus.db(), accounts, 1);
    await until('all were published', async () => (await unpublished()) === 0);
    const paces = (performance.now() - since) / 50;
    await relay.stop();
    const marked = await row<{ batches: number }>(
      bus.db(),
      sql`SELECT count(DISTINCT xmin::text) AS batches FROM outbox WHERE published_at IS NOT NULL`,
    );
    // Two looks are further apart than the pace, however slow the machine is; the first may come at once.
    expect(marked?.batches).toBeLessThanOrEqual(paces + 2);
  });

  it('loses nothing and keeps each aggregate’s order while writers commit out of order', async () => {
    const accounts = await newAccounts(bus.db(), 400);
    const relay = newRelay();
    relay.start();
    const writer = async (): Promise<void> => {
      for (let done = 0; done < 2500; done += 50) await writeEvents(bus.db(), accounts, 50);
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    await until('the outbox was published', async () => (await unpublished()) === 0);
    await relay.stop();
    const messages = await expectNothingLost(accounts);
    expect(messages.length).toBeGreaterThan(17_000);
    expect(new Set(messages.map(({ headers }) => headers['ce_id'])).size).toBe(messages.length);
  });

  it('repeats what it had sent when it is killed before marking, and the consumer applies it once', async () => {
    const accounts = await newAccounts(bus.db(), 50);
    for (let round = 0; round < 60; round += 1) await writeEvents(bus.db(), accounts, 60);
    const total = await unpublished();
    expect(total).toBeGreaterThan(1500);
    expect(await relayInChild('relay-acked@2')).toBe('SIGKILL');
    expect(await unpublished()).toBeGreaterThan(0);
    const relay = newRelay();
    relay.start();
    await until('the outbox was published', async () => (await unpublished()) === 0);
    await relay.stop();
    const messages = await expectNothingLost(accounts);
    expect(messages.length).toBeGreaterThan(total);
    await consumeAll(messages);
    const effects = await row<{ n: number; pairs: number }>(
      bus.db(),
      sql`SELECT count(*) AS n, count(DISTINCT (aggregate_id, sequence)) AS pairs FROM effects`,
    );
    expect(effects).toEqual({ n: total, pairs: total });
  });

  it('leaves the work to one at a time, and the second takes over when the first stops', async () => {
    const accounts = await newAccounts(bus.db(), 5);
    const other = await openBusDatabase(bus.database.ownerUrl);
    const [first, second] = [newRelay(), newRelay(other)];
    first.start();
    await until('the first leads', async () => first.state.leading);
    second.start();
    await until('the second stands by', async () => second.state.standby);
    await writeEvents(bus.db(), accounts, 20);
    await until('the outbox was published', async () => (await unpublished()) === 0);
    expect(second.state).toMatchObject({ leading: false, standby: true, published: 0 });
    await first.stop();
    await writeEvents(bus.db(), accounts, 20);
    await until('the second leads', async () => second.state.leading);
    await until('the outbox was published', async () => (await unpublished()) === 0);
    expect(second.state.published).toBeGreaterThan(0);
    await second.stop();
    await other.close(true);
    await expectNothingLost(accounts);
  });

  it('goes on after its database sessions were terminated', async () => {
    const accounts = await newAccounts(bus.db(), 20);
    const relay = newRelay();
    relay.start();
    await until('it leads', async () => relay.state.leading);
    for (let round = 0; round < 5; round += 1) {
      await writeEvents(bus.db(), accounts, 20);
      // Only the relay holds the advisory lock; its session and every idle one are ended.
      await run(
        bus.db(),
        sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    }
    await until('the outbox was published', async () => (await unpublished().catch(() => -1)) === 0);
    await until('it leads again', async () => relay.state.leading);
    await relay.stop();
    const messages = await expectNothingLost(accounts);
    expect(messages.length).toBeGreaterThanOrEqual(5);
  });

  it('goes on when Kafka can be reached again', async () => {
    const accounts = await newAccounts(bus.db(), 20);
    const line = new CutLine();
    const relay = newRelay(bus.orm, line.kafka(bus.config));
    relay.start();
    await until('it leads', async () => relay.state.leading);
    await writeEvents(bus.db(), accounts, 20);
    await until('the outbox was published', async () => (await unpublished()) === 0);
    line.cut();
    await writeEvents(bus.db(), accounts, 20);
    await pause(3000);
    expect(await unpublished()).toBeGreaterThan(0);
    line.mend();
    await until('the outbox was published', async () => (await unpublished()) === 0);
    await relay.stop();
    const messages = await expectNothingLost(accounts);
    expect(messages.length).toBeGreaterThan(20);
  });

  it('tells how far its topics are written, for everything committed before', async () => {
    const accounts = await newAccounts(bus.db(), 5);
    await writeEvents(bus.db(), accounts, 20);
    const before = new Date().toISOString();
    const relay = newRelay();
    relay.start();
    await until('the outbox was published', async () => (await unpublished()) === 0);
    const topic = `${bus.config.topicPrefix}recoup.collections.heartbeats`;
    const last = await until(
      'a heartbeat after the events',
      async () => {
        const beats = (await readTopic(topic)).map(({ value }) => heartbeat.parse(JSON.parse(value ?? '')));
        return beats.find(({ at }) => at > before);
      },
      15_000,
    );
    await relay.stop();
    const ends = new Map<number, number>();
    for (const { partition, offset } of await readTopic(bus.config.topicPrefix + events)) ends.set(partition, offset);
    expect(last.offsets[events]).toEqual(Array.from({ length: 12 }, (_, partition) => ends.get(partition) ?? -1));
  });

  it('makes partitions for the coming days and drops old ones that hold nothing unpublished', async () => {
    const day = async (name: string, publishedAt: string | null): Promise<void> => {
      const from = `${name.slice(0, 4)}-${name.slice(4, 6)}-${name.slice(6)}`;
      await run(
        bus.db(),
        sql`CREATE TABLE ${sql.table(`outbox_${name}`)} PARTITION OF outbox FOR VALUES FROM (${sql.lit(from)}) TO (${sql.lit(`${from} 23:00`)})`,
      );
      await run(
        bus.db(),
        sql`INSERT INTO outbox (topic, key, type, subject, data, created_at, published_at)
            VALUES ('t', 'k', 'x', 's', '{}', ${`${from} 10:00Z`}, ${publishedAt})`,
      );
    };
    await day('20200101', '2020-01-01T10:00:01Z');
    await day('20200102', null);
    await run(bus.db(), sql`SELECT outbox_keep_partitions(30)`);
    const names = await rows<{ relname: string }>(
      bus.db(),
      sql`SELECT relname FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'outbox'::regclass ORDER BY relname`,
    );
    const dates = [0, 1, 2].map((ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10));
    expect(names.map(({ relname }) => relname)).toEqual([
      'outbox_20200102',
      ...dates.map((date) => `outbox_${date.replaceAll('-', '')}`),
      'outbox_default',
    ]);
  });
});

/** Runs a relay in a process of its own with failpoints, until it ends; answers the signal that ended it. */
function relayInChild(failpoints: string): Promise<string | null> {
  const program = fileURLToPath(new URL('../testing/relay-process.js', import.meta.url));
  const child = fork(program, [bus.database.ownerUrl, bus.config.topicPrefix], {
    env: { ...process.env, RECOUP_FAILPOINTS: failpoints },
  });
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
}

/** Applies messages as a consumer does, partition by partition, in batches. */
async function consumeAll(messages: readonly StoredMessage[]): Promise<void> {
  for (const partition of Map.groupBy(messages, (each) => each.partition).values()) {
    const raws = partition.map(({ partition: number, offset, key, headers, value }): RawMessage => ({
      topic: bus.config.topicPrefix + events,
      partition: number,
      offset,
      key: key ?? '',
      headers,
      value: Buffer.from(value ?? ''),
    }));
    for (let start = 0; start < raws.length; start += 100)
      await consumeBatch(bus.db(), raws.slice(start, start + 100), () => recordEffects);
  }
}
