import { rows, run, sql, type Db } from '../database/database.js';
import { prepared } from '../database/prepared.js';
import { isUnreadable, type AnyMessage } from './received-message.js';
import { checkSequences, type Sequenced, type Verdict } from './sequence-check.js';
import { isCompacted } from './topic-names.js';

/** A message as it was read, and what is to become of it. */
export interface Judged {
  readonly message: AnyMessage;
  readonly verdict: Verdict;
}

/** The verdicts on a batch, in its order, and whether something waited of its aggregates before. */
export interface Judgement {
  readonly judged: readonly Judged[];
  readonly waited: boolean;
}

/**
 * Judges messages of a topic, those of each partition in order, against what was applied and what waits. The caller holds
 * the locks of the positions, which stand for whole partitions: an aggregate's events all come through one. An unreadable message is parked and what
 * follows of it waits behind, but it doesn't stand for its number: a readable message of that number is applied.
 */
export async function judgeBatch(tx: Db, topic: string, messages: readonly AnyMessage[]): Promise<Judgement> {
  const aggregates = [...new Set(messages.map((message) => message.aggregateId))];
  const last = await lastSequences(tx, topic, aggregates);
  const parked = await waitingSequences(tx, topic, aggregates);
  const waited = parked.size > 0;
  const compacted = isCompacted(topic);
  const judged: Judged[] = [];
  // An unreadable message changes what may follow it, so the check goes piece by piece between such messages.
  let piece: AnyMessage[] = [];
  const flush = (): void => {
    for (const each of checkSequences(piece, last, parked, compacted)) {
      judged.push(each);
      const { aggregateId, sequence } = each.message;
      if (each.verdict === 'duplicate') continue;
      if (isUnreadable(each.message)) {
        parked.set(aggregateId, parked.get(aggregateId) ?? []);
        continue;
      }
      if (each.verdict !== 'apply') parked.set(aggregateId, [...(parked.get(aggregateId) ?? []), sequence ?? 0]);
      else if (sequence !== undefined) last.set(aggregateId, sequence);
    }
    piece = [];
  };
  for (const message of messages) {
    piece.push(message);
    if (isUnreadable(message)) flush();
  }
  flush();
  return { judged, waited };
}

/** Planned each time, unlike the others: a plan made when few were known would read the table whole throughout a first import. */
async function lastSequences(tx: Db, topic: string, aggregates: readonly string[]): Promise<Map<string, number>> {
  const known = await rows<{ aggregate_id: string; sequence: number }>(
    tx,
    sql`SELECT aggregate_id, sequence FROM applied_sequences WHERE topic = ${topic} AND aggregate_id = ANY(${aggregates}::text[])`,
  );
  return new Map(known.map((each) => [each.aggregate_id, each.sequence]));
}

/**
 * Aggregates of which something waits, with the numbers that wait; an unreadable message stands for none. One without sequence
 * waits as 0, which no event has.
 */
async function waitingSequences(tx: Db, topic: string, aggregates: readonly string[]): Promise<Map<string, number[]>> {
  const waiting = await rows<{ aggregate_id: string; sequences: number[] }>(
    tx,
    prepared`SELECT aggregate_id, coalesce(array_agg(coalesce(sequence, 0)::float8) FILTER (WHERE reason <> 'unreadable'), '{}') AS sequences
        FROM parked_messages
        WHERE topic = ${topic} AND aggregate_id = ANY(${aggregates}::text[]) AND replayed_at IS NULL GROUP BY aggregate_id`,
  );
  return new Map(waiting.map((each) => [each.aggregate_id, each.sequences]));
}

/**
 * Keeps the last sequence of each aggregate among messages that were applied in order. What waits unreadable with a number up
 * to that waits no longer: a readable message told the same.
 */
export async function keepSequences(tx: Db, topic: string, messages: readonly Sequenced[]): Promise<void> {
  const reached = new Map<string, number>();
  for (const { aggregateId, sequence } of messages) if (sequence !== undefined) reached.set(aggregateId, sequence);
  if (reached.size === 0) return;
  await run(
    tx,
    prepared`WITH reached AS (SELECT * FROM unnest(${[...reached.keys()]}::text[], ${[...reached.values()]}::bigint[]) AS t (a, s)),
        settled AS (
          UPDATE parked_messages p SET replayed_at = clock_timestamp(), detail = 'a readable message of this number was applied'
          FROM reached
          WHERE p.topic = ${topic} AND p.aggregate_id = a AND p.sequence <= s AND p.reason = 'unreadable' AND p.replayed_at IS NULL)
        INSERT INTO applied_sequences (topic, aggregate_id, sequence) SELECT ${topic}, a, s FROM reached
        ON CONFLICT (topic, aggregate_id) DO UPDATE SET sequence = excluded.sequence`,
  );
}
