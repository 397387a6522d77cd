import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceName } from '@recoup/contracts';
import { AuditSealer } from './audit/audit-sealer.js';
import { attachBus } from './bus/attach-bus.js';
import { BatchKafkaServer } from './bus/batch-kafka-server.js';
import { BusModule } from './bus/bus.module.js';
import { consumerIndicator, relayIndicator } from './bus/bus-indicators.js';
import { joinBus } from './bus/join-bus.js';
import { ensureTopics, kafkaClient, type BusConfig, type BusLog } from './bus/kafka.js';
import { publish } from './bus/outbox.js';
import { Relay } from './bus/relay.js';
import type { ServiceConfig } from './config.js';
import { ContactCipher } from './contacts/contact-cipher.js';
import { KeyRotation, type SealedRows } from './contacts/rotate-contact-keys.js';
import { openDatabase, type DatabaseParts } from './database/database.js';
import { createHttp } from './http/serve.js';
import type { HealthIndicator } from './observability/health.http.js';
import { createLogger } from './observability/logger.js';
import { Runner, type RunKind } from './runs/runner.js';
import { stopOnSignal } from './stop-on-signal.js';

/** What a service is made of. `kinds` are providers of its module that carry out its runs. */
export interface ServiceParts {
  readonly name: ServiceName;
  readonly config: ServiceConfig;
  readonly database: DatabaseParts;
  readonly module: Type | DynamicModule;
  readonly kinds?: readonly Type<RunKind>[];
  /** What it keeps sealed under the contact keys, to be brought under a new one. */
  readonly sealed?: readonly SealedRows[];
  /** Providers that need the bus before the module is made, such as the contact cipher. */
  readonly indicators?: readonly HealthIndicator[];
}

/** A service that is up; `stop` ends it in order: requests, consumer, runs, relay, rotation of keys, sealer, database. */
export interface RunningService {
  readonly app: NestExpressApplication;
  readonly orm: MikroORM;
  readonly port: number;
  stop(): Promise<void>;
}

@Module({})
class ServiceModule {}

/**
 * Starts a service: migrates and opens its database, makes its topics, then HTTP at once, and the consumer, the relay and
 * the runner as soon as Kafka answers. Until then health says which part is not up, and requests are served.
 */
export async function startService(parts: ServiceParts): Promise<RunningService> {
  const { name, config, database, module } = parts;
  const logger = createLogger(name, config.LOG_LEVEL);
  const log: BusLog = (level, message, extra) => logger[level](extra, message);
  const orm = await openDatabase(config, database, `recoup-${name}`);
  const bus = busConfig(name, config);
  const kafka = kafkaClient(bus, log);
  const server = new BatchKafkaServer(orm, bus, `${config.RECOUP_TOPIC_PREFIX}recoup-${name}`, log);
  const relay = new Relay(orm, kafka, name, bus, log);
  const state = { stopping: false };
  const app = await createHttp({
    service: name,
    config,
    orm,
    module: {
      module: ServiceModule,
      imports: [BusModule.forRoot(server, relay, bus, config.RECOUP_TEST_CLOCK), module],
    },
    indicators: [consumerIndicator(server), relayIndicator(relay), ...(parts.indicators ?? [])],
    onClockSet: (tx, setting) =>
      publish(tx, [{ type: 'recoup.clock.set.v1', key: 'clock', subject: 'clock', data: setting }]),
  });
  attachBus(app, server);
  await app.listen(config.PORT, config.HOST);
  const kinds = (parts.kinds ?? []).map((kind) => app.get<RunKind>(kind, { strict: false }));
  const runner = new Runner(orm, `${name}-${config.RECOUP_INSTANCE}`, kinds, log);
  const onBus = joinBus(app, () => ensureTopics(kafka, bus), state, log).then(() => {
    if (!state.stopping) relay.start();
  });
  runner.start();
  const sealer = new AuditSealer(orm, log);
  sealer.start();
  const rotation = parts.sealed && new KeyRotation(orm, app.get(ContactCipher, { strict: false }), parts.sealed, log);
  rotation?.start();
  const stop = async (): Promise<void> => {
    state.stopping = true;
    await onBus;
    await app.close();
    await runner.stop();
    await relay.stop();
    await rotation?.stop();
    await sealer.stop();
    await orm.close(true);
  };
  stopOnSignal(stop, log);
  return { app, orm, port: portOf(app), stop };
}

function busConfig(name: ServiceName, config: ServiceConfig): BusConfig {
  return {
    brokers: config.KAFKA_BROKERS,
    topicPrefix: config.RECOUP_TOPIC_PREFIX,
    replication: config.RECOUP_TOPIC_REPLICATION,
    clientId: `recoup-${name}-${config.RECOUP_INSTANCE}`,
  };
}

function portOf(app: NestExpressApplication): number {
  const address: unknown = app.getHttpServer().address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
}
