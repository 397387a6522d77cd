import { row, rows, run, sql, type Db } from '../database/database.js';
import { prepared } from '../database/prepared.js';
import { unnested, type ColumnTypes } from '../database/unnested.js';

/** How messages of a partition ended; with the offsets that held none for us they add up to the position (I12). */
export interface FlowCounts {
  applied: number;
  duplicate: number;
  unused: number;
  parked: number;
  /** Offsets without a message: compacted away or expired before they were read. */
  absent: number;
}

const progressTypes: ColumnTypes<Omit<Progress, 'counts'> & FlowCounts> = {
  partition: 'bigint',
  nextOffset: 'bigint',
  applied: 'bigint',
  duplicate: 'bigint',
  unused: 'bigint',
  parked: 'bigint',
  absent: 'bigint',
};

/** Locks the consumer's positions in partitions, in their order, and answers the offset that comes next in each. */
export async function lockPositions(
  tx: Db,
  topic: string,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const locked = await rows<{ partition: number; next_offset: number }>(
    tx,
    prepared`SELECT partition, next_offset FROM consumer_positions WHERE topic = ${topic} AND partition = ANY(${[...partitions]}::int[])
        ORDER BY partition FOR UPDATE`,
  );
  const positions = new Map(locked.map(({ partition, next_offset }) => [partition, next_offset]));
  const missing = partitions.filter((partition) => !positions.has(partition));
  if (missing.length === 0) return positions;
  await run(
    tx,
    sql`INSERT INTO consumer_positions (topic, partition) SELECT ${topic}, p FROM unnest(${missing}::int[]) AS t (p) ORDER BY p
        ON CONFLICT DO NOTHING`,
  );
  return lockPositions(tx, topic, partitions);
}

/** How far a partition has been taken, and how its messages ended. */
export interface Progress {
  readonly partition: number;
  readonly nextOffset: number;
  readonly counts: FlowCounts;
}

/** Moves positions that the caller has locked. */
export async function movePositions(tx: Db, topic: string, moved: readonly Progress[]): Promise<void> {
  const given = moved.map(({ partition, nextOffset, counts }) => ({ partition, nextOffset, ...counts }));
  await run(
    tx,
    prepared`UPDATE consumer_positions c
        SET next_offset = m."nextOffset", applied = c.applied + m.applied, duplicate = c.duplicate + m.duplicate,
            unused = c.unused + m.unused, parked = c.parked + m.parked, absent = c.absent + m.absent,
            moved_at = clock_timestamp()
        FROM ${unnested(given, 'm', progressTypes)} WHERE c.topic = ${topic} AND c.partition = m.partition`,
  );
}

/** Whether the position lies beyond an end of the log: then the broker lost it, or the end was asked for too early. */
export async function isBeyond(db: Db, topic: string, partition: number, end: number): Promise<boolean> {
  const found = await row(
    db,
    sql`SELECT 1 FROM consumer_positions WHERE topic = ${topic} AND partition = ${partition} AND next_offset > ${end}`,
  );
  return found !== undefined;
}

/**
 * Starts a partition anew when its log is shorter than the position: the broker lost it, and what is written there now
 * would pass for read. What was applied is known by its sequence, so nothing is applied twice.
 */
export async function forgetLostLog(db: Db, topic: string, partition: number, end: number): Promise<boolean> {
  const forgotten = await run(
    db,
    sql`UPDATE consumer_positions
        SET next_offset = 0, applied = 0, duplicate = 0, unused = 0, parked = 0, absent = 0, moved_at = clock_timestamp()
        WHERE topic = ${topic} AND partition = ${partition} AND next_offset > ${end}`,
  );
  return forgotten > 0;
}
