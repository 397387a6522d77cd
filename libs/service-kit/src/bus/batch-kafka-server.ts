import { ServerKafka, type MessageHandler } from '@nestjs/microservices';
import { messageType, type TopicName } from '@recoup/contracts';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { BatchApplier } from './batch-applier.js';
import { inPieces } from './batch-room.js';
import type { RunHandler } from './consume-batch.js';
import { LostLogs } from './lost-log.js';
import { keepHeartbeat } from './projection-currency.js';
import { isTransient } from './transient.js';
import { kafkaClient, type BusConfig, type BusLog } from './kafka.js';
import type { Replayed } from './parked-messages.js';
import { OffsetCommits } from './offset-commits.js';
import type { RawMessage } from './received-message.js';
import { isTopicName, unprefixed } from './topic-names.js';

/** As many as a consumer usually has of all its topics: what they bring at the same time is applied together. */
const partitionsAtOnce = 24;
const retryMinMs = 200;
const retryMaxMs = 5000;
// A killed consumer's partitions wait this long for another; one that works says so all the while.
const sessionTimeoutMs = 10000;
const heartbeatEveryMs = 2000;
/** An idle broker answers after so long; what is written meanwhile is answered at once. */
const fetchWaitMs = 500;

/**
 * Nest's Kafka server, taking whole batches: plain `@EventPattern('recoup.…v1')` handlers get a `Run` of consecutive
 * messages with the transaction to apply them in, those of a compacted topic's name its tombstones. Topics come from the catalog, by the types that handlers name.
 * Handlers never throw to kafkajs: what can't be applied is parked, and an unreachable database pauses the consumer.
 */
export class BatchKafkaServer extends ServerKafka {
  /** Whether the consumer is a member of its group now, and why it isn't; kafkajs joins again by itself where it can. */
  readonly state = { consuming: false, reason: 'has not joined its group yet' };
  private readonly methods = new WeakMap<object, RunHandler>();
  private readonly runHandlers = new Map<string, RunHandler>();
  private readonly applier: BatchApplier;
  private readonly lostLogs: LostLogs;
  private readonly commits: OffsetCommits;
  private kafka: Kafka | undefined;

  constructor(
    private readonly orm: MikroORM,
    private readonly bus: BusConfig,
    groupId: string,
    private readonly log: BusLog,
  ) {
    super({
      postfixId: '',
      client: { clientId: bus.clientId, brokers: [...bus.brokers] },
      consumer: {
        groupId,
        sessionTimeout: sessionTimeoutMs,
        rebalanceTimeout: 60000,
        maxWaitTimeInMs: fetchWaitMs,
        allowAutoTopicCreation: false,
        retry: { retries: 1000, maxRetryTime: 5000 },
      },
    });
    this.applier = new BatchApplier(orm, (type) => this.runHandlers.get(type));
    this.lostLogs = new LostLogs(orm, bus, log);
    this.commits = new OffsetCommits(log);
  }

  override async createClient<T = Kafka>(): Promise<T> {
    this.kafka ??= kafkaClient(this.bus, this.log);
    return this.kafka as T;
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    const names = this.subscribedTopics();
    if (names.length === 0) {
      this.state.consuming = true;
      return;
    }
    this.followState(consumer);
    await consumer.subscribe({ topics: names.map((name) => this.bus.topicPrefix + name), fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: async (payload) => {
        // What the broker answers is heard by the heartbeat between chunks, which may end the batch.
        const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatEveryMs);
        await this.takeBatch(payload).finally(() => clearInterval(beating));
        this.commits.soon(payload);
      },
    });
  }

  override async close(): Promise<void> {
    await this.commits.close();
    await super.close();
  }

  private followState(consumer: Consumer): void {
    const { GROUP_JOIN, CRASH, DISCONNECT, STOP } = consumer.events;
    const lose = (reason: string): void => void Object.assign(this.state, { consuming: false, reason });
    consumer.on(GROUP_JOIN, () => void Object.assign(this.state, { consuming: true, reason: '' }));
    consumer.on(CRASH, ({ payload }) => lose(`crashed: ${payload.error.message}`));
    consumer.on(DISCONNECT, () => lose('is disconnected'));
    consumer.on(STOP, () => lose('has stopped'));
  }

  /** Topics of the types that handlers name, those that they name themselves, and the heartbeats of the services that produce them. */
  private subscribedTopics(): TopicName[] {
    const names = new Set<TopicName>();
    for (const pattern of this.messageHandlers.keys()) {
      if (isTopicName(pattern)) {
        names.add(pattern);
        continue;
      }
      const known = messageType(pattern);
      if (!known) throw new Error(`No message type and no topic ${pattern} in the catalog`);
      names.add(known.topic);
      if (known.producer !== 'any' && known.topic.endsWith('.events')) names.add(`recoup.${known.producer}.heartbeats`);
    }
    return [...names];
  }

  /** Applies the aggregate's waiting messages again, in sequence. */
  replay(topic: string, aggregateId: string): Promise<Replayed> {
    return this.applier.replay(topic, aggregateId);
  }

  /**
   * Nest registers a method once for each of its types, wrapped anew; the wrappers share the method's `extras`, by which
   * types of one method are one run: a batch of mixed account events is one set-based application.
   */
  override addHandler(pattern: unknown, callback: MessageHandler, isEvent = false, extras: object = {}): void {
    const type = String(pattern);
    if (this.runHandlers.has(type))
      throw new Error(`${type} has two handlers; one transaction applies it, so one method must`);
    super.addHandler(pattern, callback, isEvent, { ...extras });
    const known = this.methods.get(extras);
    this.runHandlers.set(type, known ?? this.runHandlerOf(callback));
    this.methods.set(extras, this.runHandlers.get(type) as RunHandler);
  }

  private runHandlerOf(callback: MessageHandler): RunHandler {
    return async (run) => {
      const result: unknown = await callback(run);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    };
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    if (batch.topic.endsWith('.heartbeats')) {
      await this.takeHeartbeats(payload);
      return;
    }
    const raws = batch.messages.map((message): RawMessage => ({
      topic: batch.topic,
      partition: batch.partition,
      offset: Number(message.offset),
      key: message.key?.toString() ?? '',
      headers: message.headers ?? {},
      value: message.value,
    }));
    for (const piece of inPieces(raws)) {
      const done = await this.untilApplied(piece, payload);
      if (!done) return;
      resolveOffset(String(piece.at(-1)?.offset ?? 0));
      await heartbeat();
    }
    if (isRunning() && !isStale()) resolveOffset(batch.lastOffset());
  }

  /** Applies a piece of a batch, waiting out what passes by itself; answers false when the consumer was told to stop meanwhile. */
  private async untilApplied(
    piece: RawMessage[],
    { batch, heartbeat, isRunning, isStale }: EachBatchPayload,
  ): Promise<boolean> {
    let pauseMs = retryMinMs;
    while (isRunning() && !isStale()) {
      try {
        await this.lostLogs.notice(piece, Number(batch.highWatermark));
        await this.applier.take(piece);
        return true;
      } catch (error) {
        this.log(isTransient(error) ? 'warn' : 'error', 'a batch could not be applied; it is tried again', {
          topic: batch.topic,
          partition: batch.partition,
          error: String(error),
        });
        await new Promise((resolve) => {
          setTimeout(resolve, pauseMs);
        });
        pauseMs = Math.min(pauseMs * 2, retryMaxMs);
        await heartbeat();
      }
    }
    return false;
  }

  /** Heartbeats are also the beat at which what waits is looked at, though no message comes by. */
  private async takeHeartbeats({ batch, resolveOffset }: EachBatchPayload): Promise<void> {
    try {
      const last = batch.messages.at(-1);
      if (last?.value) await keepHeartbeat(this.orm.em.fork(), last.value);
      this.applier.countAgain();
      const service = unprefixed(batch.topic).split('.')[1] ?? '';
      for (const topic of this.subscribedTopics())
        if (topic.startsWith(`recoup.${service}.`)) await this.applier.replayWhatCanBe(this.bus.topicPrefix + topic);
    } catch (error) {
      this.log('warn', 'a heartbeat was not kept', { error: String(error) });
    }
    resolveOffset(batch.lastOffset());
  }
}
