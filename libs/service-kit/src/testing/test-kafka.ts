import { randomBytes } from 'node:crypto';
import { Kafka, logLevel, type IHeaders } from 'kafkajs';

/** A prefix for topics that no other test has. */
export function testTopicPrefix(): string {
  return `test-${process.env['JEST_WORKER_ID'] ?? '0'}-${randomBytes(4).toString('hex')}-`;
}

/** Brokers for tests, from `RECOUP_TEST_KAFKA_BROKERS`. */
export function testBrokers(): string[] {
  const brokers = process.env['RECOUP_TEST_KAFKA_BROKERS'];
  if (!brokers) throw new Error('RECOUP_TEST_KAFKA_BROKERS must name the brokers of a Kafka for tests');
  return brokers.split(',');
}

/** A message as it lies in a topic; `value` is null for a tombstone. */
export interface StoredMessage {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string | null;
}

const readTimeoutMs = 30_000;

/** Reads a topic from its beginning to the end it has when asked, in order of partition and offset. */
export async function readTopic(topic: string, brokers: string[] = testBrokers()): Promise<StoredMessage[]> {
  const kafka = new Kafka({ clientId: 'recoup-test', brokers, logLevel: logLevel.NOTHING });
  const ends = await endOffsets(kafka, topic);
  const consumer = kafka.consumer({ groupId: `recoup-test-${randomBytes(6).toString('hex')}` });
  const found: StoredMessage[] = [];
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      if (ends.size === 0) return resolve();
      const timer = setTimeout(
        () => reject(new Error(`${topic} was not read within ${readTimeoutMs} ms`)),
        readTimeoutMs,
      );
      const finish = (partition: number, lastOffset: number): void => {
        if (lastOffset + 1 >= (ends.get(partition) ?? 0)) ends.delete(partition);
        if (ends.size > 0) return;
        clearTimeout(timer);
        resolve();
      };
      consumer
        .run({
          eachBatch: async ({ batch }) => {
            for (const { offset, key, headers, value } of batch.messages)
              found.push({
                partition: batch.partition,
                offset: Number(offset),
                key: text(key),
                headers: texts(headers),
                value: text(value),
              });
            finish(batch.partition, Number(batch.lastOffset()));
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return found.toSorted((a, b) => a.partition - b.partition || a.offset - b.offset);
}

/** End offset by partition, of the partitions that hold anything. */
async function endOffsets(kafka: Kafka, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    const filled = offsets.filter(({ low, high }) => Number(high) > Number(low));
    return new Map(filled.map(({ partition, high }) => [partition, Number(high)]));
  } finally {
    await admin.disconnect();
  }
}

function text(value: Buffer | null | undefined): string | null {
  return value?.toString('utf8') ?? null;
}

function texts(headers: IHeaders | undefined): Record<string, string> {
  const entries = Object.entries(headers ?? {}).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : value.toString()]],
  );
  return Object.fromEntries(entries);
}
