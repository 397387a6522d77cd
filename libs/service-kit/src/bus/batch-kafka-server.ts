import { ServerKafka } from '@nestjs/microservices';
import { catalog, messageType, type MessageTypeName, type TopicName } from '@recoup/contracts';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { row, run, sql } from '../database/database.js';
import { consumeBatch, isTransient, runMessagesMax, type Run, type RunHandler } from './consume-batch.js';
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
      await this.keepHeartbeat(payload);
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
        await this.replayWhatCanBe(batch.topic, batch.partition);
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

  private async replayWhatCanBe(topic: string, partition: number): Promise<void> {
    const db = this.orm.em.fork();
    for (const aggregateId of await replayableAggregates(db, topic, partition)) await this.replay(topic, aggregateId);
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

  /** Only the latest heartbeat of a service matters; it tells how far its topics were written, and when. */
  private async keepHeartbeat({ batch, resolveOffset }: EachBatchPayload): Promise<void> {
    const last = batch.messages.at(-1);
    if (!last?.value) return;
    const beat = catalog['recoup.ledger.relay-alive.v1'].schema.safeParse(JSON.parse(last.value.toString()));
    if (beat.success) {
      await run(
        this.orm.em.fork(),
        sql`INSERT INTO relay_heartbeats (service, said_at, offsets) VALUES (${beat.data.service}, ${beat.data.at}, ${JSON.stringify(beat.data.offsets)}::json)
            ON CONFLICT (service) DO UPDATE SET said_at = excluded.said_at, offsets = excluded.offsets WHERE excluded.said_at >= relay_heartbeats.said_at`,
      ).catch((error: unknown) => this.log('warn', 'a heartbeat was not kept', { error: String(error) }));
    }
    resolveOffset(batch.lastOffset());
  }
}

/** How current a projection is: the instant up to which everything the producer committed has been applied here. */
export interface Currency {
  readonly currentAsOf: string | null;
  readonly eventsBehind: number;
}

/**
 * Compares the producer's last heartbeat with this consumer's positions. Once every partition is past what the heartbeat
 * names, the projection is current as of it; until then the count of events behind says how far it is off.
 */
export async function projectionCurrency(orm: MikroORM, service: string, topicPrefix: string): Promise<Currency> {
  const topic = `recoup.${service}.events`;
  const found = await row<{ said_at: string; behind: number; moved_at: string | null }>(
    orm.em.fork(),
    sql`SELECT h.said_at,
               coalesce(sum(greatest(o.last_offset::bigint + 1 - coalesce(p.next_offset, 0), 0)), 0)::bigint AS behind,
               max(p.moved_at) AS moved_at
        FROM relay_heartbeats h
        CROSS JOIN LATERAL json_array_elements_text(h.offsets -> ${topic}) WITH ORDINALITY AS o (last_offset, n)
        LEFT JOIN consumer_positions p ON p.topic = ${topicPrefix + topic} AND p.partition = o.n - 1
        WHERE h.service = ${service} GROUP BY h.said_at`,
  );
  if (!found) return { currentAsOf: null, eventsBehind: 0 };
  return { currentAsOf: found.behind === 0 ? found.said_at : null, eventsBehind: found.behind };
}
