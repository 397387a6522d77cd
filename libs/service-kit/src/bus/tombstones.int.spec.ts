import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toHeaders } from '@recoup/contracts';
import { row, rows, sql } from '../database/database.js';
import { busFixture, type BusFixture } from '../testing/bus-fixture.js';
import { consumeBatch, type FindHandler } from './consume-batch.js';
import { replayParked } from './parked-messages.js';
import type { RawMessage } from './received-message.js';

const topic = 'recoup.ledger.contacts';
const type = 'recoup.ledger.contact-changed.v1';
let bus: BusFixture;
let offset = 0;

beforeAll(async () => {
  bus = await busFixture(false);
});
afterAll(() => bus.close());

const unused: FindHandler = () => undefined;

function headers(account: string, sequence: number): Record<string, string> {
  const time = '2026-11-22T00:00:00Z';
  const id = `${account}-${sequence}`;
  return toHeaders({ specversion: '1.0', id, source: '/recoup/ledger', type, subject: account, time, sequence });
}

function changed(account: string, sequence: number): RawMessage {
  const contact = { keyId: 'k1', nonce: 'bm9uY2U=', ciphertext: 'c2VhbGVk' };
  const value = Buffer.from(JSON.stringify({ accountId: account, ...contact }));
  return { topic, partition: 0, offset: offset++, key: account, headers: headers(account, sequence), value };
}

/** What erases an account, with the envelope of an event or without any. */
function tombstone(account: string, sequence?: number): RawMessage {
  const envelope = sequence === undefined ? {} : headers(account, sequence);
  return { topic, partition: 0, offset: offset++, key: account, headers: envelope, value: null };
}

async function parkedOf(account: string): Promise<string[]> {
  const found = await rows<{ reason: string }>(
    bus.db(),
    sql`SELECT reason FROM parked_messages WHERE aggregate_id = ${account} AND replayed_at IS NULL`,
  );
  return found.map(({ reason }) => reason);
}

describe('A tombstone on the contacts topic', () => {
  it('is read without effect where nothing takes it, and its number is passed', async () => {
    const account = randomUUID();
    await consumeBatch(bus.db(), [changed(account, 1), tombstone(account, 2), tombstone(account)], unused);
    expect(await parkedOf(account)).toEqual([]);
    const applied = await row(bus.db(), sql`SELECT sequence FROM applied_sequences WHERE aggregate_id = ${account}`);
    expect(applied).toEqual({ sequence: 2 });
    const position = sql`SELECT unused, parked FROM consumer_positions WHERE topic = ${topic}`;
    expect(await row(bus.db(), position)).toEqual({ unused: 3, parked: 0 });
    // What the account was before it was erased comes once more, as from a log that is read again.
    await consumeBatch(bus.db(), [changed(account, 1)], () => () => Promise.reject(new Error('it came back')));
    expect(await parkedOf(account)).toEqual([]);
  });

  it('is handed, in its order among the changes, to the handler of the topic', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const heard: unknown[] = [];
    const handlerOf =
      (name: string): ReturnType<FindHandler> =>
      ({ messages }) => {
        heard.push([name, messages.map(({ aggregateId }) => aggregateId), messages.map(({ data }) => data === null)]);
        return Promise.resolve();
      };
    const byName = new Map([topic, type].map((name) => [name, handlerOf(name)]));
    const batch = [changed(one, 1), tombstone(one, 2), tombstone(other), changed(other, 1)];
    await consumeBatch(bus.db(), batch, (name) => byName.get(name));
    expect(heard).toEqual([
      [type, [one], [false]],
      [topic, [one, other], [true, true]],
      [type, [other], [false]],
    ]);
  });

  it('that an earlier version parked as unreadable is settled by a replay', async () => {
    const account = randomUUID();
    const { headers: envelope } = tombstone(account, 5);
    await rows(
      bus.db(),
      sql`INSERT INTO parked_messages (topic, partition, "offset", key, aggregate_id, type, sequence, reason, detail, headers)
          VALUES (${topic}, 0, ${offset}, ${account}, ${account}, ${type}, 5, 'unreadable', '', ${JSON.stringify(envelope)}::json)
          RETURNING id`,
    );
    const replayed = await replayParked(bus.db(), topic, account, unused);
    expect(replayed).toEqual({ applied: 1, stoppedBecause: undefined });
    expect(await parkedOf(account)).toEqual([]);
  });

  it('is no tombstone on a topic that keeps everything: there a message without value can not be read', async () => {
    const account = randomUUID();
    const events = 'recoup.ledger.events';
    await consumeBatch(bus.db(), [{ ...tombstone(account, 1), topic: events }], unused);
    expect(await parkedOf(account)).toEqual(['unreadable']);
  });
});
