import { Partitioners, type Kafka, type Message, type PartitionMetadata, type Producer } from 'kafkajs';
import { toHeaders, topics, type Heartbeat, type ServiceName, type TopicName } from '@recoup/contracts';
import { idempotentProducer, type BusConfig } from './kafka.js';
import type { OutboxRow } from './outbox-batch.js';

/**
 * Sends rows of the outbox and knows, by topic and partition, the last offset that Kafka acknowledged. Made anew for
 * each time that a relay leads: after a failure the old one's numbering may no longer be what the broker expects.
 */
export class OutboxProducer {
  readonly offsets = new Map<TopicName, number[]>();
  private readonly producer: Producer;
  private readonly assignPartition = Partitioners.DefaultPartitioner();

  constructor(
    private readonly kafka: Kafka,
    private readonly service: ServiceName,
    private readonly config: BusConfig,
  ) {
    this.producer = idempotentProducer(kafka);
  }

  /** Connects, and reads how far this service's topics are written. */
  async open(): Promise<void> {
    await this.producer.connect();
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      for (const topic of ownTopics(this.service)) {
        for (const { partition, high } of await admin.fetchTopicOffsets(this.config.topicPrefix + topic))
          this.offsetsOf(topic)[partition] = Number(high) - 1;
      }
    } finally {
      await admin.disconnect();
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }

  /** Ends when all replicas have every row. */
  async send(rows: readonly OutboxRow[]): Promise<void> {
    const byTopic = Map.groupBy(rows, (each) => each.topic);
    const topicMessages = [...byTopic].map(([topic, group]) => ({
      topic: this.config.topicPrefix + topic,
      messages: group.map((each) => this.message(topic, each)),
    }));
    const acknowledged = await this.producer.sendBatch({ acks: -1, topicMessages });
    for (const { topicName, partition, baseOffset } of acknowledged) {
      const sent = topicMessages.find((each) => each.topic === topicName)?.messages ?? [];
      const count = sent.filter((message) => message.partition === partition).length;
      const offsets = this.offsetsOf(topicName.slice(this.config.topicPrefix.length) as TopicName);
      // A batch that the broker had already answers without an offset; the next one tells.
      offsets[partition] = Math.max(offsets[partition] ?? -1, Number(baseOffset) + count - 1);
    }
  }

  /** Says how far this service's topics are written, for everything committed before `at`. */
  async sendHeartbeat(at: Date): Promise<void> {
    const data: Heartbeat = { service: this.service, at: at.toISOString(), offsets: Object.fromEntries(this.offsets) };
    const now = new Date();
    const headers = toHeaders({
      specversion: '1.0',
      id: `${this.service}-alive-${now.getTime()}`,
      source: `/recoup/${this.service}`,
      type: `recoup.${this.service}.relay-alive.v1`,
      subject: this.service,
      time: now.toISOString(),
    });
    await this.producer.send({
      topic: `${this.config.topicPrefix}recoup.${this.service}.heartbeats`,
      acks: -1,
      messages: [{ key: this.service, value: JSON.stringify(data), headers }],
    });
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
    const partitionMetadata = partitionsOf(topic);
    return { ...message, partition: this.assignPartition({ topic, partitionMetadata, message }) };
  }

  private offsetsOf(topic: TopicName): number[] {
    const known = this.offsets.get(topic);
    if (known) return known;
    const fresh = Array.from({ length: topics[topic].partitions }, () => -1);
    this.offsets.set(topic, fresh);
    return fresh;
  }
}

function ownTopics(service: ServiceName): TopicName[] {
  const names = Object.keys(topics) as TopicName[];
  return names.filter((name) => name.startsWith(`recoup.${service}.`) && !name.endsWith('.heartbeats'));
}

const metadata = new Map<TopicName, PartitionMetadata[]>();

/** What the partitioner needs to know of a topic, whose number of partitions never changes. */
function partitionsOf(topic: TopicName): PartitionMetadata[] {
  const known = metadata.get(topic);
  if (known) return known;
  const all = Array.from({ length: topics[topic].partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  metadata.set(topic, all);
  return all;
}
