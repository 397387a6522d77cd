import { rows, run, sql, transaction, type Db } from '../database/database.js';
import type { FindHandler } from './consume-batch.js';
import { keepSequences } from './judge-batch.js';
import { lockPositions } from './positions.js';
import {
  isUnreadable,
  readMessage,
  type AnyMessage,
  type RawMessage,
  type ReceivedMessage,
} from './received-message.js';
import { isCompacted } from './topic-names.js';
import { isTransient } from './transient.js';

/**
 * Why a message waits: it can't be read, can't be applied, one before it is missing, or one before it waits. A discarded
 * one waits no longer.
 */
export const parkedReasons = ['unreadable', 'handler-failed', 'gap', 'behind-parked', 'discarded'] as const;
export type ParkedReason = (typeof parkedReasons)[number];

/** More parked aggregates than this pause the consumer: then something is wrong that no single message explains. */
export const parkedAggregatesMax = 1000;

/** Puts a message aside with the reason. The same message parked twice is one row. */
export async function park(tx: Db, message: AnyMessage, reason: ParkedReason, detail: string): Promise<void> {
  const { raw } = message;
  const headers = Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name, String(value)]));
  await run(
    tx,
    sql`INSERT INTO parked_messages (topic, partition, "offset", key, aggregate_id, type, sequence, reason, detail, headers, value)
        VALUES (${raw.topic}, ${raw.partition}, ${raw.offset}, ${raw.key}, ${message.aggregateId}, ${message.type ?? null}, ${message.sequence ?? null},
                ${reason}, ${detail}, ${JSON.stringify(headers)}::json, ${raw.value === null ? null : Buffer.from(raw.value)})
        ON CONFLICT (topic, partition, "offset") DO NOTHING`,
  );
}

/** How many aggregates have messages that wait. */
export async function parkedAggregates(db: Db): Promise<number> {
  const [counted] = await rows<{ count: number }>(
    db,
    sql`SELECT count(DISTINCT (topic, aggregate_id)) AS count FROM parked_messages WHERE replayed_at IS NULL`,
  );
  return counted?.count ?? 0;
}

interface ParkedRow {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer | null;
}

/** What a replay did: how many messages were applied, and why it stopped, if it did. */
export interface Replayed {
  readonly applied: number;
  readonly stoppedBecause: string | undefined;
}

const replayMessagesMax = 10000;

/**
 * Applies an aggregate's parked messages in sequence, each in its own transaction, up to the first that still can't be
 * applied; why not is kept with it. One without sequence holds up none of the others. Under the lock of the partition's position, as the consumer works: neither two
 * replays at once nor one beside the consumer apply a message twice.
 */
export async function replayParked(
  db: Db,
  topic: string,
  aggregateId: string,
  findHandler: FindHandler,
): Promise<Replayed> {
  const waiting = await rows<{ id: string; partition: number; sequence: number | null }>(
    db,
    sql`SELECT id, partition, sequence FROM parked_messages WHERE topic = ${topic} AND aggregate_id = ${aggregateId} AND replayed_at IS NULL
        ORDER BY sequence NULLS FIRST, partition, "offset" LIMIT ${replayMessagesMax}`,
  );
  let applied = 0;
  let stoppedBecause: string | undefined;
  for (const { id, partition, sequence } of waiting) {
    const problem = await transaction(db, async (tx) => {
      await lockPositions(tx, topic, [partition]);
      return replayOne(tx, id, findHandler);
    }).catch(async (error: unknown): Promise<Problem> => {
      if (isTransient(error)) throw error;
      return { reason: 'handler-failed', detail: String(error).slice(0, 1000) };
    });
    if (problem) {
      await keepProblem(db, id, problem);
      stoppedBecause ??= problem.detail;
      if (sequence !== null) break;
    } else applied += 1;
  }
  return { applied, stoppedBecause };
}

interface Problem {
  readonly reason: ParkedReason;
  readonly detail: string;
}

/** Applies one parked message; answers why it can't be, or undefined when it is done (now or before). */
async function replayOne(tx: Db, id: string, findHandler: FindHandler): Promise<Problem | undefined> {
  const [parked] = await rows<ParkedRow>(
    tx,
    sql`SELECT id, topic, partition, "offset", key, headers, value FROM parked_messages WHERE id = ${id} AND replayed_at IS NULL`,
  );
  if (!parked) return undefined;
  const raw: RawMessage = { ...parked, value: parked.value };
  const message = readMessage(raw);
  if (isUnreadable(message)) return { reason: 'unreadable', detail: message.detail };
  const [known] = await rows<{ sequence: number }>(
    tx,
    sql`SELECT sequence FROM applied_sequences WHERE topic = ${parked.topic} AND aggregate_id = ${message.aggregateId}`,
  );
  const last = known?.sequence ?? 0;
  const isNew = message.sequence === undefined || message.sequence > last;
  if (message.sequence !== undefined && message.sequence > last + 1 && !isCompacted(parked.topic))
    return { reason: 'gap', detail: `event ${last + 1} of this aggregate is missing` };
  if (isNew) {
    await findHandler(message.type)?.({ tx, messages: [message as ReceivedMessage] });
    await keepSequences(tx, parked.topic, [message]);
  }
  await run(tx, sql`UPDATE parked_messages SET replayed_at = clock_timestamp() WHERE id = ${id}`);
  return undefined;
}

/** What stands now between a message and its being applied; by it the console shows, and the consumer stops trying. */
async function keepProblem(db: Db, id: string, { reason, detail }: Problem): Promise<void> {
  await run(
    db,
    sql`UPDATE parked_messages SET reason = ${reason}, detail = ${detail} WHERE id = ${id} AND replayed_at IS NULL`,
  );
}

/** Aggregates of a topic whose missing message has arrived: their parked ones can be applied now. */
export async function replayableAggregates(db: Db, topic: string): Promise<string[]> {
  const found = await rows<{ aggregate_id: string }>(
    db,
    sql`SELECT DISTINCT p.aggregate_id FROM parked_messages p
        JOIN applied_sequences a ON a.topic = p.topic AND a.aggregate_id = p.aggregate_id AND p.sequence = a.sequence + 1
        WHERE p.topic = ${topic} AND p.replayed_at IS NULL AND p.reason IN ('gap', 'behind-parked') LIMIT 1000`,
  );
  return found.map((each) => each.aggregate_id);
}
