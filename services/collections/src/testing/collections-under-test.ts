import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { BatchKafkaServer, BUS_CONFIG, Runner, type BusConfig } from '@recoup/service-kit';
import { serviceUnderTest, type ServiceUnderTest } from '@recoup/service-kit/testing/service-under-test';
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

export async function collectionsUnderTest(): Promise<CollectionsUnderTest> {
  const agenciesFolder = mkdtempSync(join(tmpdir(), 'recoup-agencies-'));
  const service = await serviceUnderTest({
    service: 'collections',
    module: CollectionsUnderTestModule,
    parts: collectionsDatabase,
    env: { RECOUP_AGENCIES_DIR: agenciesFolder, RECOUP_INSTANCE: 'test' },
  });
  const kinds = [service.app.get(RunBulkAction)];
  const runner = new Runner(service.orm, 'test', kinds, (level, message, extra) => {
    if (level === 'error') console.error(message, extra);
  });
  runner.start();
  const stop = async (): Promise<void> => {
    await runner.stop();
    await service.stop();
  };
  return { ...service, agenciesFolder, stop };
}
