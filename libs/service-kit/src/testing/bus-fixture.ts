import { Migration } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { Kafka, logLevel } from 'kafkajs';
import { busTablesSql } from '../bus/bus-tables.sql.js';
import { ensureTopics, kafkaClient, type BusConfig, type BusLog } from '../bus/kafka.js';
import { tombstonesSql } from '../bus/tombstones.sql.js';
import { databaseOptions, type Db } from '../database/database.js';
import { runsTablesSql } from '../runs/runs-tables.sql.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testBrokers, testTopicPrefix } from './test-kafka.js';

/** The bus, the runs, and tables that show what handlers and chunks did: one row an effect, so that a second one shows. */
class BusTestMigration extends Migration {
  override up(): void {
    this.addSql(busTablesSql);
    this.addSql(tombstonesSql);
    this.addSql(runsTablesSql);
    this.addSql(`
      CREATE TABLE effects (id bigint GENERATED ALWAYS AS IDENTITY, aggregate_id text NOT NULL, sequence bigint, type text NOT NULL, run_size int NOT NULL);
      CREATE TABLE producing_accounts (id uuid PRIMARY KEY, sequence bigint NOT NULL DEFAULT 0);
      CREATE TABLE chunk_effects (id bigint GENERATED ALWAYS AS IDENTITY, run_id uuid NOT NULL, number int NOT NULL, worker text NOT NULL)`);
  }
}

export const busParts = { entities: [], migrations: [{ name: 'bus-test', class: BusTestMigration }] };

/** A database and topics of a test's own on the shared servers. */
export interface BusFixture {
  readonly database: TestDatabase;
  readonly orm: MikroORM;
  readonly config: BusConfig;
  readonly kafka: Kafka;
  db(): Db;
  close(): Promise<void>;
}

export const quiet: BusLog = () => undefined;

/** What the processes of a fault test share: set `RECOUP_TEST_LOG=on` to see what the bus says. */
export const testLog: BusLog =
  process.env['RECOUP_TEST_LOG'] === 'on' ? (level, text, extra) => console.error(level, text, extra) : quiet;

/** Opens the test's database as its owner, with a pool of its own. */
export function openBusDatabase(url: string): Promise<MikroORM> {
  return MikroORM.init(databaseOptions(url, busParts, 10, 'bus-test'));
}

/** A fixture whose topics exist when `withTopics`. */
export async function busFixture(withTopics = true): Promise<BusFixture> {
  const database = await createTestDatabase(busParts, 'ledger');
  const orm = await openBusDatabase(database.ownerUrl);
  const config = busConfig(testTopicPrefix());
  const kafka = kafkaClient(config, testLog);
  if (withTopics) await ensureTopics(kafka, config);
  const close = async (): Promise<void> => {
    await orm.close(true);
    await database.drop();
    if (withTopics) await deleteTopics(config);
  };
  return { database, orm, config, kafka, db: () => orm.em.fork(), close };
}

export function busConfig(topicPrefix: string): BusConfig {
  return { brokers: testBrokers(), topicPrefix, replication: 1, clientId: 'bus-test' };
}

async function deleteTopics({ brokers, topicPrefix }: BusConfig): Promise<void> {
  const admin = new Kafka({ clientId: 'bus-test', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((name) => name.startsWith(topicPrefix));
  await admin.deleteTopics({ topics });
  await admin.disconnect();
}

/** Looks again and again until `ask` answers something; fails after the limit with what was awaited. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, limitMs = 30_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${limitMs} ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
