import { Controller, Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { MikroORM } from '@mikro-orm/postgresql';
import { attachBus } from '../bus/attach-bus.js';
import { BatchKafkaServer } from '../bus/batch-kafka-server.js';
import type { Run } from '../bus/consume-batch.js';
import type { BusConfig, BusLog } from '../bus/kafka.js';
import { run as execute, sql } from '../database/database.js';
import { recordEffects } from './stage-events.js';

/** Aggregates whose messages the handler can't apply, as by a fault of its own. */
export const poisoned = new Set<string>();

/** How many more times the handler meets a conflict that the database asks to try again. */
export const conflicts = { left: 0 };

/** Two types in one method, as a projection takes them; flags that a referral leaves are of no use here. */
@Controller()
class StageConsumer {
  @EventPattern(['recoup.collections.stage-changed.v1', 'recoup.collections.flags-changed.v1'])
  async apply(@Payload() run: Run): Promise<void> {
    if (run.messages.some(({ aggregateId }) => poisoned.has(aggregateId))) throw new Error('this one can’t be applied');
    if (conflicts.left > 0) {
      conflicts.left -= 1;
      await execute(run.tx, sql`DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$`);
    }
    await recordEffects(run);
  }
}

@Module({ controllers: [StageConsumer] })
class StageModule {}

/** A consumer as services have it: connected to a Nest application. */
export interface StageConsumerApp {
  readonly server: BatchKafkaServer;
  readonly app: INestApplication;
}

export async function startStageConsumer(
  orm: MikroORM,
  config: BusConfig,
  groupId: string,
  log: BusLog,
): Promise<StageConsumerApp> {
  const server = new BatchKafkaServer(orm, config, groupId, log);
  const app = await NestFactory.create(StageModule, { logger: false });
  attachBus(app, server);
  await app.init();
  await app.startAllMicroservices();
  return { server, app };
}
