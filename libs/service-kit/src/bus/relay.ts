import { Partitioners, type Kafka, type Message, type Producer } from 'kafkajs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { toHeaders, topics, type Heartbeat, type ServiceName, type TopicName } from '@recoup/contracts';
import { row, rows, run, sql, type Db } from '../database/database.js';
import { failpoint } from './failpoint.js';
import { idempotentProducer, type BusConfig, type BusLog } from './kafka.js';

const batchRowsMax = 1000;
const batchBytesMax = 512 * 1024;
const pollMinMs = 25;
const pollMaxMs = 250;
const heartbeatMs = 5000;
const housekeepingMs = 3600_000;
const outboxDaysKept = 30;

interface OutboxRow {
  readonly id: number;
  readonly topic: TopicName;
  readonly key: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number | null;
  readonly data: string;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  readonly created_at: string;
}

/** What health and metrics show of a relay. */
export interface RelayState {
  readonly leading: boolean;
  readonly standby: boolean;
  readonly lastPublishedAt: string | undefined;
  readonly published: number;
}

/**
 * Publishes the outbox to Kafka: takes unpublished rows in order of id, waits until all replicas have them, then marks
 * them. A crash between the two publishes them again, which consumers drop by sequence. One relay a service works (by
 * advisory lock); another stands by. While a batch is sent the next is read, and the one before is marked.
 */
export class Relay {
  private readonly producer: Producer;
  private readonly assignPartition = Partitioners.DefaultPartitioner();
  private readonly offsets = new Map<TopicName, number[]>();
  private running: Promise<void> | undefined;
  private stopping = false;
  private leading = false;
  private standby = false;
  private published = 0;
  private lastPublishedAt: string | undefined;
  /** Everything committed before this instant has been published. */
  private caughtUpAt = 0;
  private heartbeatDueAt = 0;
  private housekeepingDueAt = 0;

  constructor(
    private readonly orm: MikroORM,
    private readonly kafka: Kafka,
    private readonly service: ServiceName,
    private readonly config: BusConfig,
    private readonly log: BusLog,
  ) {
    this.producer = idempotentProducer(kafka);
  }

  get state(): RelayState {
    return {
      leading: this.leading,
      standby: this.standby,
      lastPublishedAt: this.lastPublishedAt,
      published: this.published,
    };
  }

  start(): void {
    this.running ??= this.keepRelaying();
  }

  /** Ends after the batch under way is acknowledged and marked. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
    await this.producer.disconnect();
  }

  private async keepRelaying(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.producer.connect();
        await this.leadWhileLocked();
      } catch (error) {
        this.standby = false;
        this.log('warn', 'the relay stopped and tries again', { error: String(error) });
        await sleep(1000);
      }
    }
  }

  /** Holds the service's relay lock on a connection of its own for as long as it relays. */
  private async leadWhileLocked(): Promise<void> {
    await this.orm.em.fork().transactional(async (lock) => {
      const taken = await row<{ taken: boolean }>(
        lock,
        sql`SELECT pg_try_advisory_xact_lock(hashtext('recoup-relay')) AS taken`,
      );
      this.standby = !taken?.taken;
      if (this.standby) return;
      this.leading = true;
      try {
        await this.readLastOffsets();
        let lockCheckedAt = Date.now();
        await this.relayUntil(async () => {
          if (Date.now() - lockCheckedAt < heartbeatMs) return;
          lockCheckedAt = Date.now();
          await run(lock, sql`SELECT 1`);
        });
      } finally {
        this.leading = false;
      }
    });
    if (!this.stopping) await sleep(1000);
  }

  private async relayUntil(stillLocked: () => Promise<void>): Promise<void> {
    const db = this.orm.em.fork();
    let pauseMs = pollMinMs;
    let takenAt = Date.now();
    let batch = await this.take(db, []);
    while (!this.stopping) {
      await stillLocked();
      if (batch.length === 0) {
        this.caughtUpAt = takenAt;
        await this.beat(db);
        await sleep(pauseMs);
        pauseMs = Math.min(pauseMs * 2, pollMaxMs);
        takenAt = Date.now();
        batch = await this.take(db, []);
        continue;
      }
      await this.beat(db);
      pauseMs = pollMinMs;
      const ids = batch.map((each) => each.id);
      takenAt = Date.now();
      const [next] = await Promise.all([this.take(this.orm.em.fork(), ids), this.send(batch)]);
      failpoint('relay-acked');
      await this.mark(db, ids);
      batch = next;
    }
  }

  /** Unpublished rows in order of id, less those under way, cut at the batch's bytes. */
  private async take(db: Db, underWay: number[]): Promise<OutboxRow[]> {
    const taken = await rows<OutboxRow>(
      db,
      sql`SELECT id, topic, key, type, subject, sequence, data::text AS data, correlation_id, causation_id, created_at
          FROM outbox WHERE published_at IS NULL AND id <> ALL(${underWay}::bigint[]) ORDER BY id LIMIT ${batchRowsMax}`,
    );
    let bytes = 0;
    const end = taken.findIndex((each, index) => (bytes += each.data.length) > batchBytesMax && index > 0);
    return end < 0 ? taken : taken.slice(0, end);
  }

  private async send(batch: OutboxRow[]): Promise<void> {
    const byTopic = Map.groupBy(batch, (each) => each.topic);
    const topicMessages = [...byTopic].map(([topic, group]) => ({
      topic: this.config.topicPrefix + topic,
      messages: group.map((each) => this.message(topic, each)),
    }));
    const acknowledged = await this.producer.sendBatch({ acks: -1, topicMessages });
    for (const { topicName, partition, baseOffset } of acknowledged) {
      const name = topicName.slice(this.config.topicPrefix.length) as TopicName;
      const sent = topicMessages.find((each) => each.topic === topicName)?.messages ?? [];
      const count = sent.filter((message) => message.partition === partition).length;
      this.offsetsOf(name)[partition] = Number(baseOffset) + count - 1;
    }
    this.published += batch.length;
    this.lastPublishedAt = new Date().toISOString();
  }

  private message(topic: TopicName, each: OutboxRow): Message & { partition: number } {
    const headers = toHeaders({
      specversion: '1.0',
      id: `${this.service}-${each.id}`,
      source: `/recoup/${this.service}`,
      type: each.type,
      subject: each.subject,
      time: each.created_at,
      sequence: each.sequence ?? undefined,
      correlationid: each.correlation_id ?? undefined,
      causationid: each.causation_id ?? undefined,
    });
    const message = { key: each.key, value: each.data, headers };
    const partitionMetadata = Array.from({ length: topics[topic].partitions }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 0,
      replicas: [],
      isr: [],
    }));
    return { ...message, partition: this.assignPartition({ topic, partitionMetadata, message }) };
  }

  private async mark(db: Db, ids: number[]): Promise<void> {
    await run(
      db,
      sql`UPDATE outbox SET published_at = clock_timestamp() WHERE published_at IS NULL AND id = ANY(${ids}::bigint[])`,
    );
  }

  private offsetsOf(topic: TopicName): number[] {
    const known = this.offsets.get(topic);
    if (known) return known;
    const fresh = Array.from({ length: topics[topic].partitions }, () => -1);
    this.offsets.set(topic, fresh);
    return fresh;
  }

  private async readLastOffsets(): Promise<void> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      for (const topic of Object.keys(topics) as TopicName[]) {
        if (!topic.startsWith(`recoup.${this.service}.`) || topic.endsWith('.heartbeats')) continue;
        for (const { partition, high } of await admin.fetchTopicOffsets(this.config.topicPrefix + topic)) {
          this.offsetsOf(topic)[partition] = Number(high) - 1;
        }
      }
    } finally {
      await admin.disconnect();
    }
  }

  /** Tells each 5 s how far this service's topics are written; a consumer past that is current. Keeps partitions too. */
  private async beat(db: Db): Promise<void> {
    const now = Date.now();
    if (now >= this.housekeepingDueAt) {
      await run(db, sql`SELECT outbox_keep_partitions(${outboxDaysKept})`);
      this.housekeepingDueAt = now + housekeepingMs;
    }
    if (now < this.heartbeatDueAt) return;
    this.heartbeatDueAt = now + heartbeatMs;
    const at = new Date(this.caughtUpAt || now).toISOString();
    const data: Heartbeat = { service: this.service, at, offsets: Object.fromEntries(this.offsets) };
    const type = `recoup.${this.service}.relay-alive.v1`;
    const headers = toHeaders({
      specversion: '1.0',
      id: `${this.service}-alive-${now}`,
      source: `/recoup/${this.service}`,
      type,
      subject: this.service,
      time: new Date(now).toISOString(),
    });
    await this.producer.send({
      topic: `${this.config.topicPrefix}recoup.${this.service}.heartbeats`,
      acks: -1,
      messages: [{ key: this.service, value: JSON.stringify(data), headers }],
    });
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
