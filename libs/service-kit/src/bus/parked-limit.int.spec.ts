import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run, sql } from '../database/database.js';
import { busFixture, type BusFixture } from '../testing/bus-fixture.js';
import { event } from '../testing/stage-topic.js';
import { BatchApplier } from './batch-applier.js';
import { parkedAggregatesMax } from './parked-messages.js';
import type { RawMessage } from './received-message.js';

const topic = 'recoup.collections.events';
let bus: BusFixture;
let applier: BatchApplier;
let offset = 0;

beforeAll(async () => {
  bus = await busFixture(false);
  applier = new BatchApplier(bus.orm, () => undefined);
  await run(
    bus.db(),
    sql`INSERT INTO parked_messages (topic, partition, "offset", key, aggregate_id, reason, detail, headers)
        SELECT ${topic}, 11, n, n::text, n::text, 'gap', '', '{}'::json FROM generate_series(1, ${parkedAggregatesMax}::int) AS n`,
  );
});
afterAll(() => bus.close());

/** The first event of an account of its own, as it can be read or not. */
function first(value?: string): RawMessage[] {
  const account = randomUUID();
  const message = event(account, 1, value === undefined ? {} : { value });
  const bytes = Buffer.from(String(message.value));
  return [{ topic, partition: 0, offset: offset++, key: account, headers: message.headers ?? {}, value: bytes }];
}

describe('With as many accounts parked as may be', () => {
  it('the consumer goes on; with one more it waits, until somebody has seen to one', async () => {
    await applier.take(first());
    await applier.take(first('{'));
    const waits = first();
    await expect(applier.take(waits)).rejects.toThrow(`more than ${parkedAggregatesMax} aggregates are parked`);
    await expect(applier.take(waits)).rejects.toThrow('the consumer waits');
    await run(bus.db(), sql`UPDATE parked_messages SET replayed_at = clock_timestamp() WHERE aggregate_id = '1'`);
    await applier.take(waits);
  });

  it('the consumer waits as well when another replica has parked more, once it counts again', async () => {
    await run(bus.db(), sql`UPDATE parked_messages SET replayed_at = NULL WHERE aggregate_id = '1'`);
    await applier.take(first());
    applier.countAgain();
    await expect(applier.take(first())).rejects.toThrow('the consumer waits');
  });
});
