import type { TopicName } from '@recoup/contracts';
import { rows, run, sql, type Db } from '../database/database.js';

const batchRowsMax = 1000;
const batchBytesMax = 512 * 1024;

/** A row of the outbox, to be sent. `created_at` is of milliseconds; the stored instant may be up to one later. */
export interface OutboxRow {
  readonly id: number;
  readonly topic: TopicName;
  readonly key: string;
  readonly type: string;
  readonly subject: string;
  readonly sequence: number | null;
  /** JSON; null for a tombstone. */
  readonly data: string | null;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  readonly created_at: string;
}

/** Rows that were unpublished at `takenAt` (ms); `complete` when they are all there were, less those under way. */
export interface OutboxBatch {
  readonly rows: readonly OutboxRow[];
  readonly takenAt: number;
  readonly complete: boolean;
}

export const emptyBatch: OutboxBatch = { rows: [], takenAt: 0, complete: false };

/**
 * Unpublished rows in order of id, less those under way, cut at the batch's bytes. There is no cursor: ids are drawn
 * before commit, so a lower one may appear after a higher.
 */
export async function takeBatch(db: Db, underWay: readonly OutboxRow[]): Promise<OutboxBatch> {
  const takenAt = Date.now();
  const taken = await rows<OutboxRow>(
    db,
    sql`SELECT id, topic, key, type, subject, sequence, data::text AS data, correlation_id, causation_id, created_at
        FROM outbox WHERE published_at IS NULL AND id <> ALL(${underWay.map(({ id }) => id)}::bigint[])
        ORDER BY id LIMIT ${batchRowsMax}`,
  );
  let bytes = 0;
  const end = taken.findIndex((each, index) => (bytes += each.data?.length ?? 0) > batchBytesMax && index > 0);
  return {
    rows: end < 0 ? taken : taken.slice(0, end),
    takenAt,
    complete: end < 0 && taken.length < batchRowsMax,
  };
}

/**
 * Marks rows as published. Their days are named as well as their ids, so that of thirty daily partitions only those
 * are looked into.
 */
export async function markPublished(db: Db, batch: OutboxBatch): Promise<void> {
  if (batch.rows.length === 0) return;
  const ids = batch.rows.map(({ id }) => id);
  const times = batch.rows.map(({ created_at }) => created_at).toSorted();
  await run(
    db,
    sql`UPDATE outbox SET published_at = clock_timestamp()
        WHERE published_at IS NULL AND id = ANY(${ids}::bigint[])
          AND created_at >= ${times[0]}::timestamptz AND created_at < ${times.at(-1)}::timestamptz + interval '1 millisecond'`,
  );
}
