import { row, run, sql, type Db } from '../database/database.js';

/** How messages of a partition ended; with the offsets that held none for us they add up to the position (I12). */
export interface FlowCounts {
  applied: number;
  duplicate: number;
  unused: number;
  parked: number;
  /** Offsets without a message: compacted away or expired before they were read. */
  absent: number;
}

/** Locks the consumer's position in a partition, and answers the offset that comes next. */
export async function lockPosition(tx: Db, topic: string, partition: number): Promise<number> {
  const position = await row<{ next_offset: number }>(
    tx,
    sql`SELECT next_offset FROM consumer_positions WHERE topic = ${topic} AND partition = ${partition} FOR UPDATE`,
  );
  if (position) return position.next_offset;
  await run(
    tx,
    sql`INSERT INTO consumer_positions (topic, partition) VALUES (${topic}, ${partition}) ON CONFLICT DO NOTHING`,
  );
  return lockPosition(tx, topic, partition);
}

export async function movePosition(
  tx: Db,
  topic: string,
  partition: number,
  nextOffset: number,
  counts: FlowCounts,
): Promise<void> {
  await run(
    tx,
    sql`UPDATE consumer_positions
        SET next_offset = ${nextOffset}, applied = applied + ${counts.applied}, duplicate = duplicate + ${counts.duplicate},
            unused = unused + ${counts.unused}, parked = parked + ${counts.parked}, absent = absent + ${counts.absent},
            moved_at = clock_timestamp()
        WHERE topic = ${topic} AND partition = ${partition}`,
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
