import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { BatchKafkaServer, BUS_CONFIG, createHttp, databaseOptions, Runner, type BusConfig } from '@recoup/service-kit';
import type { ServiceUnderTest } from '@recoup/service-kit/testing/service-under-test';
import { testConfig } from '@recoup/service-kit/testing/test-config';
import { createTestDatabase } from '@recoup/service-kit/testing/test-database';
import { testIssuer } from '@recoup/service-kit/testing/test-issuer';
import { RunBulkAction } from '../bulk-actions/run-bulk-action.js';
import { CollectionsModule } from '../collections.module.js';
import { collectionsDatabase } from '../database.js';

const bus: BusConfig = { brokers: ['127.0.0.1:1'], topicPrefix: '', replication: 1, clientId: 'test' };

/** Stands for the bus where a test hands messages over itself: nothing here connects to a broker. */
@Global()
@Module({
  providers: [
    {
      provide: BatchKafkaServer,
      useFactory: (orm: MikroORM) => new BatchKafkaServer(orm, bus, 'test', () => undefined),
      inject: [MikroORM],
    },
    { provide: BUS_CONFIG, useValue: bus },
  ],
  exports: [BatchKafkaServer, BUS_CONFIG],
})
class UnconnectedBusModule {}

@Module({ imports: [UnconnectedBusModule, CollectionsModule] })
class CollectionsUnderTestModule {}

/** Collections on a database of its own, with its runner, without a broker. */
export interface CollectionsUnderTest extends ServiceUnderTest {
  readonly agenciesFolder: string;
}

/** Starts it; with `runner: false` nothing carries out runs, for tests that start processes to do so. */
export async function collectionsUnderTest({ runner: runs = true } = {}): Promise<CollectionsUnderTest> {
  const database = await createTestDatabase(collectionsDatabase, 'collections');
  const issuer = await testIssuer();
  const agenciesFolder = mkdtempSync(join(tmpdir(), 'recoup-agencies-'));
  const config = {
    ...testConfig({ databaseUrl: database.url, issuer: issuer.url, RECOUP_INSTANCE: 'test' }),
    RECOUP_AGENCIES_DIR: agenciesFolder,
    RECOUP_APPROVAL_LIMITS: true,
  };
  const options = databaseOptions(config.DATABASE_URL, collectionsDatabase, config.DATABASE_POOL_MAX, 'test');
  const orm = await MikroORM.init(options);
  const app = await createHttp({ service: 'collections', module: CollectionsUnderTestModule, config, orm });
  await app.init();
  const runner = new Runner(orm, 'test', [app.get(RunBulkAction)], (level, message, extra) => {
    if (level === 'error') console.error(message, extra);
  });
  if (runs) runner.start();
  const stop = async (): Promise<void> => {
    await runner.stop();
    await app.close();
    await orm.close(true);
    await issuer.close();
    await database.drop();
  };
  return {
    app,
    orm,
    database,
    issuer,
    agenciesFolder,
    bearer: async (spec) => `Bearer ${await issuer.token(spec)}`,
    stop,
  };
}
