import { Kafka, logLevel, Partitioners, type Producer, type logCreator } from 'kafkajs';
import { topics, type Topic } from '@recoup/contracts';

/** Where the brokers are and what stands before each topic's name (tests of one broker keep apart by it). */
export interface BusConfig {
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  readonly replication: number;
  readonly clientId: string;
}

/** Injection token of the bus's configuration. */
export const BUS_CONFIG = Symbol('bus configuration');

/** A line of the client's log: level, text, and figures. */
export type BusLog = (
  level: 'error' | 'warn' | 'info' | 'debug',
  message: string,
  extra: Record<string, unknown>,
) => void;

/** The one place that makes a kafkajs client, so that another client could take its place here. */
export function kafkaClient(config: BusConfig, log: BusLog): Kafka {
  return new Kafka({
    clientId: config.clientId,
    brokers: [...config.brokers],
    logLevel: logLevel.WARN,
    logCreator: logThrough(log),
    connectionTimeout: 5000,
    requestTimeout: 30000,
    retry: { initialRetryTime: 100, maxRetryTime: 5000, retries: 10 },
  });
}

function logThrough(log: BusLog): logCreator {
  return () => (entry) => {
    const { message, timestamp: _timestamp, logger: _logger, ...extra } = entry.log;
    if (entry.level === logLevel.NOTHING) return;
    // A fresh broker answers "coordinator is loading" for a while; kafkajs tries again, so it is no error yet.
    const level = entry.level === logLevel.ERROR ? 'error' : entry.level === logLevel.WARN ? 'warn' : 'debug';
    log(/coordinator/i.test(String(extra['error'] ?? '')) ? 'debug' : level, message, extra);
  };
}

/** A producer that waits for all replicas and can't write a message twice through its own retries. */
export function idempotentProducer(kafka: Kafka): Producer {
  return kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
}

const messageBytesMax = 1024 * 1024;

/** Creates the topics of the catalog that are missing, with their partitions and retention. Safe to run at once on many nodes. */
export async function ensureTopics(kafka: Kafka, config: BusConfig): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const missing = Object.entries(topics).filter(([name]) => !existing.has(config.topicPrefix + name));
    if (missing.length === 0) return;
    await admin.createTopics({
      waitForLeaders: false,
      timeout: 30000,
      topics: missing.map(([name, topic]) => ({
        topic: config.topicPrefix + name,
        numPartitions: topic.partitions,
        replicationFactor: config.replication,
        configEntries: topicConfig(topic),
      })),
    });
    // A broker knows a topic a moment after it agreed to make it, and its leaders a moment after that.
    for (const [name] of missing) await whileRetriable(() => admin.fetchTopicOffsets(config.topicPrefix + name));
  } finally {
    await admin.disconnect();
  }
}

function topicConfig(topic: Topic): { name: string; value: string }[] {
  const size = { name: 'max.message.bytes', value: String(messageBytesMax) };
  if (topic.retention === 'compacted') {
    return [size, { name: 'cleanup.policy', value: 'compact' }, { name: 'max.compaction.lag.ms', value: '86400000' }];
  }
  const ms = topic.retention === 'forever' ? -1 : Math.round(topic.retention.days * 86400000);
  return [size, { name: 'retention.ms', value: String(ms) }];
}

const retriesMax = 60;
const retryPauseMs = 250;

/** Asks again while the client calls the failure retriable: a partition that is new, or whose broker has just come back. */
export async function whileRetriable<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt >= retriesMax || !isRetriable(error)) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, retryPauseMs);
      });
    }
  }
}

function isRetriable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retriable' in error && error.retriable === true;
}
