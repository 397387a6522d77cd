import type { Kafka } from 'kafkajs';
import { rows, sql, type Db } from '../database/database.js';
import { whileRetriable } from './kafka.js';
import type { FlowCounts } from './positions.js';

/** How a topic's offsets were used up; `difference` is 0 when they add up (I12). */
export interface TopicFlow extends FlowCounts {
  readonly topic: string;
  readonly written: number;
  readonly lag: number;
  readonly difference: number;
}

/** Where a consumer stands in one partition, as its database has it. */
export interface PartitionFlow extends FlowCounts {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: number;
}

/** What `flowsOf` needs of a database, for whoever reads it by another connection. */
export const positionsQuery =
  'SELECT topic, partition, next_offset, applied, duplicate, unused, parked, absent FROM consumer_positions ORDER BY topic, partition';

/**
 * I12 over the topics that a database's consumer reads: offsets written = applied + duplicate + unused + parked + absent
 * + lag, where absent ones were compacted away or expired. `difference` sums what each partition is off, without sign.
 */
export async function flowCheck(db: Db, kafka: Kafka): Promise<TopicFlow[]> {
  return flowsOf(await rows<PartitionFlow>(db, sql.raw(positionsQuery)), kafka);
}

/** The same, of positions that were read already; their counts are numbers. */
export async function flowsOf(positions: readonly PartitionFlow[], kafka: Kafka): Promise<TopicFlow[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const flows: TopicFlow[] = [];
    for (const [topic, partitions] of Map.groupBy(positions, (each) => each.topic)) {
      const offsets = await whileRetriable(() => admin.fetchTopicOffsets(topic));
      const ends = new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
      flows.push(topicFlow(topic, partitions, ends));
    }
    return flows;
  } finally {
    await admin.disconnect();
  }
}

/** Adds up one topic, from the positions in its partitions and the offsets at which these end. */
function topicFlow(topic: string, partitions: readonly PartitionFlow[], ends: ReadonlyMap<number, number>): TopicFlow {
  const total = { applied: 0, duplicate: 0, unused: 0, parked: 0, absent: 0, written: 0, lag: 0, difference: 0 };
  const known = new Map(partitions.map((each) => [each.partition, each]));
  for (const [partition, written] of ends) {
    const { applied, duplicate, unused, parked, absent, next_offset: next } = known.get(partition) ?? nothingRead;
    const lag = written - next;
    total.applied += applied;
    total.duplicate += duplicate;
    total.unused += unused;
    total.parked += parked;
    total.absent += absent;
    total.written += written;
    total.lag += lag;
    total.difference += Math.abs(next - applied - duplicate - unused - parked - absent) + Math.max(-lag, 0);
  }
  return { topic, ...total };
}

const nothingRead = { applied: 0, duplicate: 0, unused: 0, parked: 0, absent: 0, next_offset: 0 };
