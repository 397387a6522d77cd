import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { busFixture, type BusFixture } from '@recoup/service-kit/testing/bus-fixture';
import { Client } from 'pg';
import { checkFlows } from './flows.js';
import { checkInvariants } from './invariants.js';

let bus: BusFixture;
let client: Client;
let topic: string;
const before = process.env['KAFKA_BROKERS'];

beforeAll(async () => {
  bus = await busFixture();
  topic = `${bus.config.topicPrefix}recoup.ledger.commands`;
  client = new Client({ connectionString: bus.database.ownerUrl });
  await client.connect();
  process.env['KAFKA_BROKERS'] = bus.config.brokers.join(',');
  const producer = bus.kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: ['1', '2', '3'].map((value) => ({ value, partition: 0 })) });
  await producer.disconnect();
}, 60_000);
afterAll(async () => {
  if (before === undefined) delete process.env['KAFKA_BROKERS'];
  else process.env['KAFKA_BROKERS'] = before;
  await client.end();
  await bus.close();
});

/** What is found when the consumer says that it read up to an offset and applied so many. */
async function offendersAt(nextOffset: number, applied: number): Promise<readonly unknown[]> {
  await client.query(
    `INSERT INTO consumer_positions (topic, partition, next_offset, applied) VALUES ($1, 0, $2, $3)
     ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset, applied = excluded.applied`,
    [topic, nextOffset, applied],
  );
  const violations = await checkFlows(new Map([['ledger', client]]), () => undefined);
  return violations.flatMap(({ offenders }) => offenders);
}

describe('A database that its service has not brought up to date', () => {
  it('is told as that of a service that still starts, not by the table that is missing', async () => {
    await expect(checkInvariants('ledger', client)).rejects.toThrow(
      'The ledger service is still starting: its database is not ready yet. Wait until "npm start" says that Recoup is ready',
    );
  });
});

describe('The flow of a topic', () => {
  it('is not counted where nothing was read yet', async () => {
    const said: string[] = [];
    expect(await checkFlows(new Map([['ledger', client]]), (line) => said.push(line))).toEqual([]);
    expect(said).toEqual(['ledger: no topic has been read yet']);
  });

  it('adds up when what was read was applied and the rest is still to come', async () => {
    expect(await offendersAt(3, 3)).toEqual([]);
    expect(await offendersAt(2, 2)).toEqual([]);
  });

  it('does not when a message was lost, or more was read than was written', async () => {
    expect(await offendersAt(3, 2)).toMatchObject([{ topic, written: 3, difference: 1 }]);
    expect(await offendersAt(5, 5)).toMatchObject([{ topic, written: 3, difference: 2 }]);
  });
});
