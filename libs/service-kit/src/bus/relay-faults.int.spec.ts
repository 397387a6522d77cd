import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { row, run, sql } from '../database/database.js';
import { CutLine } from '../testing/cut-line.js';
import { busFixture, until, type BusFixture } from '../testing/bus-fixture.js';
import { RelayFixture, relayedTopic } from '../testing/relay-fixture.js';
import { newAccounts, pause, recordEffects, writeEvents } from '../testing/stage-events.js';
import type { StoredMessage } from '../testing/test-kafka.js';
import { consumeBatch } from './consume-batch.js';
import type { RawMessage } from './received-message.js';

let bus: BusFixture;
let relays: RelayFixture;

beforeAll(async () => {
  bus = await busFixture();
  relays = new RelayFixture(bus);
});
afterAll(() => bus.close());

describe('the relay', () => {
  beforeEach(() => run(bus.db(), sql`TRUNCATE outbox`));

  it('repeats what it had sent when it is killed before marking, and the consumer applies it once', async () => {
    const accounts = await newAccounts(bus.db(), 50);
    for (let round = 0; round < 60; round += 1) await writeEvents(bus.db(), accounts, 60);
    const total = await relays.unpublished();
    expect(total).toBeGreaterThan(1500);
    expect(await relayInChild('relay-acked@2')).toBe('SIGKILL');
    expect(await relays.unpublished()).toBeGreaterThan(0);
    const relay = relays.relay();
    relay.start();
    await relays.drained();
    await relay.stop();
    const messages = await relays.nothingLost(accounts);
    expect(messages.length).toBeGreaterThan(total);
    await consumeAll(messages);
    const effects = await row<{ n: number; pairs: number }>(
      bus.db(),
      sql`SELECT count(*) AS n, count(DISTINCT (aggregate_id, sequence)) AS pairs FROM effects`,
    );
    expect(effects).toEqual({ n: total, pairs: total });
  });

  it('goes on after its database sessions were terminated', async () => {
    const accounts = await newAccounts(bus.db(), 20);
    const relay = relays.relay();
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
    await relays.drained();
    await until('it leads again', async () => relay.state.leading);
    await relay.stop();
    const messages = await relays.nothingLost(accounts);
    expect(messages.length).toBeGreaterThanOrEqual(5);
  });

  it('goes on when Kafka can be reached again', async () => {
    const accounts = await newAccounts(bus.db(), 20);
    const line = new CutLine();
    const relay = relays.relay(bus.orm, line.kafka(bus.config));
    relay.start();
    await until('it leads', async () => relay.state.leading);
    await writeEvents(bus.db(), accounts, 20);
    await relays.drained();
    line.cut();
    await writeEvents(bus.db(), accounts, 20);
    await pause(3000);
    expect(await relays.unpublished()).toBeGreaterThan(0);
    line.mend();
    await relays.drained();
    await relay.stop();
    const messages = await relays.nothingLost(accounts);
    expect(messages.length).toBeGreaterThan(20);
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
      topic: bus.config.topicPrefix + relayedTopic,
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
