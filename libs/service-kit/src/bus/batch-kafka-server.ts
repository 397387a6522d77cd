import { ServerKafka } from '@nestjs/microservices';
import { messageType, type MessageTypeName, type TopicName } from '@recoup/contracts';
import type { Batch, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { consumeBatch, runMessagesMax, type Run, type RunHandler } from './consume-batch.js';
import { forgetLostLog } from './positions.js';
import { keepHeartbeat } from './projection-currency.js';
import { isTransient } from './transient.js';
import { unprefixed } from './judge-batch.js';
import { kafkaClient, type BusConfig, type BusLog } from './kafka.js';
import {
  parkedAggregates,
  parkedAggregatesMax,
  replayableAggregates,
  replayParked,
  type Replayed,
} from './parked-messages.js';
import type { RawMessage } from './received-message.js';

const partitionsAtOnce = 3;
const retryMinMs = 200;
const retryMaxMs = 5000;
const sessionTimeoutMs = 45000;

/**
 * Nest's Kafka server, taking whole batches: plain `@EventPattern('recoup.…v1')` handlers get a `Run` of consecutive
 * messages with the transaction to apply them in. Topics come from the catalog, by the types that handlers name.
 * Handlers never throw to kafkajs: what can't be applied is parked, and an unreachable database pauses the consumer.
 */
export class BatchKafkaServer extends ServerKafka {
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
        maxWaitTimeInMs: 100,
        allowAutoTopicCreation: false,
        retry: { retries: 1000, maxRetryTime: 5000 },
      },
    });
  }

  override async createClient<T = Kafka>(): Promise<T> {
    this.kafka ??= kafkaClient(this.bus, this.log);
    return this.kafka as T;
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    const names = this.subscribedTopics();
    if (names.length === 0) return;
    await consumer.subscribe({ topics: names.map((name) => this.bus.topicPrefix + name), fromBeginning: true });
    await consumer.run({
      autoCommit: true,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitionsAtOnce,
      eachBatch: (payload) => this.takeBatch(payload),
    });
  }

  /** Topics of the types that handlers name, and the heartbeats of the services that produce them. */
  private subscribedTopics(): TopicName[] {
    const names = new Set<TopicName>();
    for (const pattern of this.messageHandlers.keys()) {
      const known = messageType(String(pattern));
      if (!known) throw new Error(`No message type ${String(pattern)} in the catalog`);
      names.add(known.topic);
      if (known.producer !== 'any' && known.topic.endsWith('.events')) names.add(`recoup.${known.producer}.heartbeats`);
    }
    return [...names];
  }

  /** Applies the aggregate's waiting messages again, in sequence. */
  async replay(topic: string, aggregateId: string): Promise<Replayed> {
    return replayParked(this.orm.em.fork(), topic, aggregateId, (type) => this.findHandler(type));
  }

  private findHandler(type: MessageTypeName): RunHandler | undefined {
    const known = this.handlers.get(type);
    if (known) return known;
    const handler = this.messageHandlers.get(type);
    if (!handler) return undefined;
    // Types of one method are one run, so that a batch of mixed account events is one set-based application.
    const found =
      this.runHandlers.get(handler) ??
      (async (each: Run): Promise<void> => {
        const result: unknown = await handler(each);
        if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
      });
    this.runHandlers.set(handler, found);
    this.handlers.set(type, found);
    return found;
  }

  private readonly handlers = new Map<MessageTypeName, RunHandler>();
  private readonly runHandlers = new Map<object, RunHandler>();

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    if (batch.topic.endsWith('.heartbeats')) {
      await this.takeHeartbeats(payload);
      return;
    }
    await this.noticeLostLog(batch);
    const raws = batch.messages.map((message): RawMessage => ({
      topic: batch.topic,
      partition: batch.partition,
      offset: Number(message.offset),
      key: message.key?.toString() ?? '',
      headers: message.headers ?? {},
      value: message.value,
    }));
    for (let start = 0; start < raws.length && isRunning() && !isStale(); start += runMessagesMax) {
      const chunk = raws.slice(start, start + runMessagesMax);
      const done = await this.untilApplied(chunk, payload);
      if (!done) return;
      resolveOffset(String(chunk.at(-1)?.offset ?? 0));
      await heartbeat();
    }
    if (isRunning() && !isStale()) resolveOffset(batch.lastOffset());
  }

  /** Applies a chunk, waiting out what passes by itself; answers false when the consumer was told to stop meanwhile. */
  private async untilApplied(
    chunk: RawMessage[],
    { batch, heartbeat, isRunning, isStale }: EachBatchPayload,
  ): Promise<boolean> {
    let pauseMs = retryMinMs;
    while (isRunning() && !isStale()) {
      try {
        await this.waitWhileTooManyParked(heartbeat, isRunning);
        await consumeBatch(this.orm.em.fork(), chunk, (type) => this.findHandler(type));
        await this.replayWhatCanBe(batch.topic);
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

  private async replayWhatCanBe(topic: string): Promise<void> {
    for (const aggregateId of await replayableAggregates(this.orm.em.fork(), topic))
      await this.replay(topic, aggregateId);
  }

  private async waitWhileTooManyParked(heartbeat: () => Promise<void>, isRunning: () => boolean): Promise<void> {
    while (isRunning() && (await parkedAggregates(this.orm.em.fork())) > parkedAggregatesMax) {
      this.log('error', `more than ${parkedAggregatesMax} aggregates are parked; the consumer waits`, {});
      await new Promise((resolve) => {
        setTimeout(resolve, retryMaxMs);
      });
      await heartbeat();
    }
  }

  /** Offsets that don't go on from those before are a start, a rebalance, or a log that the broker lost. */
  private async noticeLostLog({ topic, partition, messages, highWatermark }: Batch): Promise<void> {
    const place = `${topic}/${partition}`;
    const first = Number(messages[0]?.offset ?? 0);
    const goesOn = first > (this.lastOffsets.get(place) ?? Infinity);
    this.lastOffsets.set(place, Number(messages.at(-1)?.offset ?? first));
    if (goesOn) return;
    if (await forgetLostLog(this.orm.em.fork(), topic, partition, Number(highWatermark)))
      this.log('error', 'the broker lost this log; it is read from the start', { topic, partition });
  }

  private readonly lastOffsets = new Map<string, number>();

  /** Heartbeats are also the beat at which what waits is looked at, though no message comes by. */
  private async takeHeartbeats({ batch, resolveOffset }: EachBatchPayload): Promise<void> {
    try {
      const last = batch.messages.at(-1);
      if (last?.value) await keepHeartbeat(this.orm.em.fork(), last.value);
      const service = unprefixed(batch.topic).split('.')[1] ?? '';
      for (const topic of this.subscribedTopics())
        if (topic.startsWith(`recoup.${service}.`)) await this.replayWhatCanBe(this.bus.topicPrefix + topic);
    } catch (error) {
      this.log('warn', 'a heartbeat was not kept', { error: String(error) });
    }
    resolveOffset(batch.lastOffset());
  }
}
