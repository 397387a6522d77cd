import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, sql } from '../database/database.js';
import { busFixture, type BusFixture } from '../testing/bus-fixture.js';
import { recordEffects } from '../testing/stage-events.js';
import { event, upTo } from '../testing/stage-topic.js';
import { consumeBatch, type BatchOutcome, type RunHandler } from './consume-batch.js';
import type { RawMessage } from './received-message.js';

const topic = 'recoup.collections.events';
let bus: BusFixture;

beforeAll(async () => {
  bus = await busFixture(false);
});
afterAll(() => bus.close());

/** The events 1 to `last` of an account, as they stand in its partition from an offset on. */
function stored(account: string, partition: number, from: number, last: number): RawMessage[] {
  return upTo(last).map((sequence) => {
    const { headers = {}, value } = event(account, sequence);
    return {
      topic,
      partition,
      offset: from + sequence - 1,
      key: account,
      headers,
      value: Buffer.from(String(value)),
    };
  });
}

const positions = (): Promise<unknown[]> =>
  rows(
    bus.db(),
    sql`SELECT partition, next_offset, applied, duplicate, parked, absent FROM consumer_positions ORDER BY 1`,
  );

const applied = async (account: string): Promise<unknown> =>
  row(
    bus.db(),
    sql`SELECT count(*) AS events, count(DISTINCT xmin::text) AS transactions, max(run_size) AS run FROM effects WHERE aggregate_id = ${account}`,
  );

describe('Messages of several partitions that are applied together', () => {
  const [one, other, bad] = [randomUUID(), randomUUID(), randomUUID()];
  const handler: RunHandler = async (run) => {
    if (run.messages.some(({ aggregateId }) => aggregateId === bad)) throw new Error('this one can’t be applied');
    await recordEffects(run);
  };
  const take = (batch: RawMessage[]): Promise<BatchOutcome> => consumeBatch(bus.db(), batch, () => handler);

  it('are one run of one transaction, and each partition’s position moves by its own', async () => {
    const outcome = await take([...stored(one, 3, 0, 5), ...stored(other, 11, 2, 4)]);
    expect(outcome).toEqual({ parked: 0, waited: false });
    const together = await row(
      bus.db(),
      sql`SELECT count(DISTINCT xmin::text) AS n, max(run_size) AS run FROM effects`,
    );
    expect(together).toEqual({ n: 1, run: 9 });
    expect(await positions()).toEqual([
      { partition: 3, next_offset: 5, applied: 5, duplicate: 0, parked: 0, absent: 0 },
      { partition: 11, next_offset: 6, applied: 4, duplicate: 0, parked: 0, absent: 2 },
    ]);
  });

  it('change nothing when they come again, in part or whole', async () => {
    const before = await positions();
    await take([...stored(other, 11, 2, 4), ...stored(one, 3, 0, 5)]);
    expect(await positions()).toEqual(before);
    expect(await applied(one)).toMatchObject({ events: 5 });
  });

  it('leave the one that can’t be applied parked, with what follows of it, and the rest applied in order', async () => {
    const more = stored(one, 3, 0, 8).slice(5);
    const late = stored(other, 11, 2, 7).slice(4);
    const outcome = await take([...more, ...stored(bad, 7, 0, 3), ...late]);
    expect(outcome).toEqual({ parked: 3, waited: true });
    expect(await positions()).toEqual([
      { partition: 3, next_offset: 8, applied: 8, duplicate: 0, parked: 0, absent: 0 },
      { partition: 7, next_offset: 3, applied: 0, duplicate: 0, parked: 3, absent: 0 },
      { partition: 11, next_offset: 9, applied: 7, duplicate: 0, parked: 0, absent: 2 },
    ]);
    const parked = await rows(
      bus.db(),
      sql`SELECT sequence, reason FROM parked_messages WHERE aggregate_id = ${bad} ORDER BY 1`,
    );
    expect(parked).toEqual([
      { sequence: 1, reason: 'handler-failed' },
      { sequence: 2, reason: 'behind-parked' },
      { sequence: 3, reason: 'behind-parked' },
    ]);
    for (const account of [one, other]) {
      const order = await rows(bus.db(), sql`SELECT sequence FROM effects WHERE aggregate_id = ${account} ORDER BY id`);
      expect(order).toEqual(order.map((_, index) => ({ sequence: index + 1 })));
    }
  });
});
