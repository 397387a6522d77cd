import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ContactCipher,
  publish,
  publishTombstones,
  Relay,
  row,
  sql,
  startService,
  transaction,
  type RunningService,
} from '@recoup/service-kit';
import { busFixture, testLog, until, type BusFixture } from '@recoup/service-kit/testing/bus-fixture';
import { testConfig, testContactKeysFile } from '@recoup/service-kit/testing/test-config';
import { createTestDatabase, type TestDatabase } from '@recoup/service-kit/testing/test-database';
import { readTopic, type StoredMessage } from '@recoup/service-kit/testing/test-kafka';
import { randomUUID } from 'node:crypto';
import { messagingDatabase } from './database.js';
import { MessagingModule } from './messaging.module.js';

const keys = testContactKeysFile();
const cipher = ContactCipher.fromFile(keys);
const accountId = randomUUID();
const envelope = { key: accountId, subject: accountId };
const contactType = 'recoup.ledger.contact-changed.v1';
let bus: BusFixture;
let ledgerRelay: Relay;
const databases: TestDatabase[] = [];
const running = new Set<RunningService>();

/** What the ledger would publish, on a real Kafka. */
beforeAll(async () => {
  bus = await busFixture();
  ledgerRelay = new Relay(bus.orm, bus.kafka, 'ledger', bus.config, testLog);
  ledgerRelay.start();
  const open = { accountId, officeId: randomUUID(), number: 'A-1', currency: 'USD', status: 'active' as const };
  const contact = { name: 'Ana Ruiz', addresses: [], phones: [], email: null, language: 'es', timeZone: null };
  await transaction(bus.db(), async (tx) => {
    const data = { ...open, statementHold: false };
    await publish(tx, [{ ...envelope, type: 'recoup.ledger.account-opened.v1', sequence: 1, data }]);
    for (const sequence of [1, 2])
      await publish(tx, [
        { ...envelope, type: contactType, sequence, data: { accountId, ...cipher.encrypt(accountId, contact) } },
      ]);
  });
}, 60_000);
afterAll(async () => {
  for (const service of running) await service.stop();
  await ledgerRelay.stop();
  for (const database of databases) await database.drop();
  await bus.close();
}, 60_000);

async function newDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase(messagingDatabase, 'messaging');
  databases.push(database);
  return database;
}

/** Starts the service; under another name it is another group, which reads all topics from their beginning. */
async function start(database: TestDatabase, name: 'messaging' | 'precollections' = 'messaging') {
  const names = { databaseUrl: database.url, issuer: 'http://127.0.0.1:1', RECOUP_CONTACT_KEYS: keys };
  const config = testConfig({ ...names, RECOUP_TOPIC_PREFIX: bus.config.topicPrefix });
  const service = await startService({ name, config, database: messagingDatabase, module: MessagingModule });
  running.add(service);
  return service;
}

async function stop(service: RunningService): Promise<void> {
  running.delete(service);
  await service.stop();
}

function known({ orm }: RunningService): Promise<unknown> {
  return row(
    orm.em.fork(),
    sql`SELECT a.name, c.contact, a.number, a.erased_at FROM accounts a JOIN account_contacts c ON c.account_id = a.id
        WHERE a.id = ${accountId}`,
  );
}

/** Waits until the service has read a message of that number of the account on the topic. */
function hasRead({ orm }: RunningService, topic: string, sequence: number): Promise<boolean> {
  return until(`${topic} was read to ${sequence}`, async () => {
    const read = sql`SELECT 1 AS found FROM applied_sequences WHERE topic LIKE ${`%${topic}`} AND aggregate_id = ${accountId} AND sequence >= ${sequence}`;
    return (await row(orm.em.fork(), read)) !== undefined;
  });
}

async function messagesOf(topic: string): Promise<StoredMessage[]> {
  return (await readTopic(bus.config.topicPrefix + topic)).filter(({ key }) => key === accountId);
}

const erasedAt = '2026-11-22T18:30:05.000Z';
const gone = { name: null, contact: null, number: 'A-1', erased_at: erasedAt };

describe('An erasure over Kafka', () => {
  it('reaches a service that was down between event and tombstone, and is confirmed once', async () => {
    const database = await newDatabase();
    const before = await start(database);
    await hasRead(before, 'recoup.ledger.contacts', 2);
    await hasRead(before, 'recoup.ledger.events', 1);
    expect(await known(before)).toMatchObject({ name: 'Ana Ruiz' });
    await transaction(bus.db(), (tx) =>
      publish(tx, [
        { ...envelope, type: 'recoup.ledger.account-erased.v1', sequence: 2, data: { accountId, erasedAt } },
      ]),
    );
    await hasRead(before, 'recoup.ledger.events', 2);
    expect(await known(before)).toEqual(gone);
    await stop(before);
    await transaction(bus.db(), (tx) => publishTombstones(tx, [{ ...envelope, type: contactType, sequence: 3 }]));
    const after = await start(database);
    await hasRead(after, 'recoup.ledger.contacts', 3);
    expect(await known(after)).toEqual(gone);
    const confirmed = await until('the confirmation was told', async () => {
      const told = await messagesOf('recoup.messaging.events');
      return told.length > 0 && told;
    });
    expect(confirmed.map(({ headers }) => [headers['ce_type'], headers['ce_sequence']])).toEqual([
      ['recoup.messaging.account-erasure-confirmed.v1', '1'],
    ]);
    await stop(after);
  }, 120_000);

  it('leaves a tombstone in the log, with the envelope of the change', async () => {
    const last = (await messagesOf('recoup.ledger.contacts')).at(-1);
    expect(last).toMatchObject({
      value: null,
      headers: { ce_type: contactType, ce_sequence: '3', ce_subject: accountId },
    });
  });

  it('holds for a service that reads everything from the beginning', async () => {
    const fresh = await start(await newDatabase(), 'precollections');
    await hasRead(fresh, 'recoup.ledger.contacts', 3);
    await hasRead(fresh, 'recoup.ledger.events', 2);
    expect(await known(fresh)).toEqual(gone);
  }, 60_000);
});
