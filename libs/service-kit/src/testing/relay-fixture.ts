import { deepStrictEqual } from 'node:assert/strict';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Kafka } from 'kafkajs';
import { Relay } from '../bus/relay.js';
import { row, rows, sql } from '../database/database.js';
import { testLog, until, type BusFixture } from './bus-fixture.js';
import { readTopic, type StoredMessage } from './test-kafka.js';

/** The topic that the relay of the tests fills. */
export const relayedTopic = 'recoup.collections.events';

/** Relays of one outbox, and what becomes of it. */
export class RelayFixture {
  constructor(private readonly bus: BusFixture) {}

  relay(orm: MikroORM = this.bus.orm, kafka: Kafka = this.bus.kafka): Relay {
    return new Relay(orm, kafka, 'collections', this.bus.config, testLog);
  }

  async unpublished(): Promise<number> {
    const counted = await row<{ n: number }>(
      this.bus.db(),
      sql`SELECT count(*) AS n FROM outbox WHERE published_at IS NULL`,
    );
    return counted?.n ?? -1;
  }

  /** Waits until nothing is left to be published; a database that is away for a moment is asked again. */
  async drained(): Promise<void> {
    await until('the outbox was published', async () => (await this.unpublished().catch(() => -1)) === 0);
  }

  /** What lies in the topic of some accounts, which must be all that they have told, each in its order. */
  async nothingLost(accounts: readonly string[]): Promise<readonly StoredMessage[]> {
    const known = new Set(accounts);
    const all = await readTopic(this.bus.config.topicPrefix + relayedTopic);
    const messages = all.filter(({ key }) => known.has(key ?? ''));
    const owners = await rows<{ id: string; sequence: number }>(
      this.bus.db(),
      sql`SELECT id, sequence FROM producing_accounts WHERE sequence > 0 AND id = ANY(${[...accounts]}::uuid[])`,
    );
    const told = owners.map(
      ({ id, sequence }) => [id, Array.from({ length: sequence }, (_, index) => index + 1)] as const,
    );
    deepStrictEqual(firstSequences(messages), new Map(told));
    return messages;
  }
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
