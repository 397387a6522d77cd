import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { heartbeat } from '@recoup/contracts';
import { rows, run, sql } from '../database/database.js';
import { busFixture, until, type BusFixture } from '../testing/bus-fixture.js';
import { RelayFixture, relayedTopic } from '../testing/relay-fixture.js';
import { newAccounts, writeEvents } from '../testing/stage-events.js';
import { readTopic } from '../testing/test-kafka.js';

let bus: BusFixture;
let relays: RelayFixture;

beforeAll(async () => {
  bus = await busFixture();
  relays = new RelayFixture(bus);
});
afterAll(() => bus.close());

describe('the relay', () => {
  beforeEach(() => run(bus.db(), sql`TRUNCATE outbox`));

  it('tells how far its topics are written, for everything committed before', async () => {
    const accounts = await newAccounts(bus.db(), 5);
    await writeEvents(bus.db(), accounts, 20);
    const before = new Date().toISOString();
    const relay = relays.relay();
    relay.start();
    await relays.drained();
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
    for (const { partition, offset } of await readTopic(bus.config.topicPrefix + relayedTopic))
      ends.set(partition, offset);
    expect(last.offsets[relayedTopic]).toEqual(Array.from({ length: 12 }, (_, partition) => ends.get(partition) ?? -1));
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
