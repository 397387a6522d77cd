import { topics, type MessageTypeName, type TopicName } from '@recoup/contracts';
import { row, rows, run, sql, sqlState, transaction, type Db } from '../database/database.js';
import { failpoint } from './failpoint.js';
import { park, type ParkedReason } from './parked-messages.js';
import {
  isReadable,
  readMessage,
  type RawMessage,
  type ReceivedMessage,
  type UnreadableMessage,
} from './received-message.js';
import { checkSequences, type Verdict } from './sequence-check.js';

/** Consecutive messages that one handler takes, to be applied set-based on `tx`. */
export interface Run<T extends MessageTypeName = MessageTypeName> {
  readonly tx: Db;
  readonly messages: readonly ReceivedMessage<T>[];
}

/** Applies a run in the transaction it is given; throws when a message can't be applied. */
export type RunHandler = (run: Run) => Promise<void>;

/** The handler of a type, or undefined for a type that this service doesn't use. */
export type FindHandler = (type: MessageTypeName) => RunHandler | undefined;

type Read = ReceivedMessage | UnreadableMessage;

export const runMessagesMax = 1000;

/**
 * Applies messages of one partition, in order: position, sequences, effects and what had to be parked change in one
 * transaction. When the handler fails for a reason that is not passing, the batch is halved until the bad message stands
 * alone; it is parked, and the rest goes on.
 * @throws what the database throws while it can't be reached; the caller tries again later.
 */
export async function consumeBatch(db: Db, batch: readonly RawMessage[], findHandler: FindHandler): Promise<void> {
  if (batch.length === 0) return;
  try {
    await transaction(db, (tx) => consumeOnce(tx, batch, findHandler, undefined));
    failpoint('batch-committed');
  } catch (error) {
    if (isTransient(error)) throw error;
    if (batch.length === 1) {
      await transaction(db, (tx) => consumeOnce(tx, batch, findHandler, describeFailure(error)));
      return;
    }
    const middle = Math.ceil(batch.length / 2);
    await consumeBatch(db, batch.slice(0, middle), findHandler);
    await consumeBatch(db, batch.slice(middle), findHandler);
  }
}

/** One transaction's work. With `failure`, the only message of the batch is known to fail and is parked instead. */
async function consumeOnce(
  tx: Db,
  batch: readonly RawMessage[],
  findHandler: FindHandler,
  failure: string | undefined,
): Promise<void> {
  const first = batch[0];
  if (!first) return;
  const { topic, partition } = first;
  const position = await lockPosition(tx, topic, partition);
  const fresh = batch.filter((raw) => raw.offset >= position);
  if (fresh.length === 0) return;
  const counts = { applied: 0, duplicate: 0, unused: 0, parked: 0 };
  const toApply: ReceivedMessage[] = [];
  for (const { message, verdict } of await judge(tx, topic, fresh.map(readMessage))) {
    const reason = parkedReason(message, verdict, failure);
    if (verdict === 'duplicate') counts.duplicate += 1;
    else if (reason) {
      await park(tx, message, reason, failure ?? ('detail' in message ? message.detail : ''));
      counts.parked += 1;
    } else if (isReadable(message)) toApply.push(message);
  }
  const used = await applyRuns(tx, toApply, findHandler);
  counts.applied = used;
  counts.unused = toApply.length - used;
  await keepSequences(tx, topic, toApply);
  await movePosition(tx, topic, partition, (fresh.at(-1)?.offset ?? position) + 1, counts);
}

function parkedReason(message: Read, verdict: Verdict, failure: string | undefined): ParkedReason | undefined {
  if (verdict === 'gap' || verdict === 'behind-parked') return verdict;
  if (!isReadable(message)) return 'unreadable';
  return failure === undefined ? undefined : 'handler-failed';
}

/**
 * Sequences are checked under the lock of the position row, which stands for the whole partition: an aggregate's events
 * all come through one partition. An unreadable message parks its aggregate, and what follows of it waits behind.
 */
async function judge(tx: Db, topic: string, messages: readonly Read[]): Promise<{ message: Read; verdict: Verdict }[]> {
  const aggregates = [...new Set(messages.map((message) => message.aggregateId))];
  const known = await rows<{ aggregate_id: string; sequence: number }>(
    tx,
    sql`SELECT aggregate_id, sequence FROM applied_sequences WHERE topic = ${topic} AND aggregate_id = ANY(${aggregates}::text[])`,
  );
  const waiting = await rows<{ aggregate_id: string; sequences: number[] }>(
    tx,
    sql`SELECT aggregate_id, array_agg(coalesce(sequence, 0)::float8) AS sequences FROM parked_messages
        WHERE topic = ${topic} AND aggregate_id = ANY(${aggregates}::text[]) AND replayed_at IS NULL GROUP BY aggregate_id`,
  );
  const last = new Map(known.map((each) => [each.aggregate_id, each.sequence]));
  const parked = new Map(waiting.map((each) => [each.aggregate_id, each.sequences]));
  const compacted = topics[unprefixed(topic)].retention === 'compacted';
  const judged: { message: Read; verdict: Verdict }[] = [];
  // An unreadable message changes what may follow it, so the check goes piece by piece between such messages.
  let piece: Read[] = [];
  const flush = (): void => {
    for (const each of checkSequences(piece, last, parked, compacted)) {
      judged.push(each);
      const { aggregateId, sequence } = each.message;
      if (each.verdict === 'apply' && sequence !== undefined && isReadable(each.message))
        last.set(aggregateId, sequence);
      if (each.verdict !== 'duplicate' && (each.verdict !== 'apply' || !isReadable(each.message))) {
        parked.set(aggregateId, [...(parked.get(aggregateId) ?? []), sequence ?? 0]);
      }
    }
    piece = [];
  };
  for (const message of messages) {
    piece.push(message);
    if (!isReadable(message)) flush();
  }
  flush();
  return judged;
}

/** Hands consecutive messages of one handler to it; answers how many found one. */
async function applyRuns(tx: Db, messages: readonly ReceivedMessage[], findHandler: FindHandler): Promise<number> {
  let used = 0;
  for (let start = 0; start < messages.length;) {
    const handler = findHandler((messages[start] as ReceivedMessage).type);
    let end = start + 1;
    while (
      end < messages.length &&
      end - start < runMessagesMax &&
      findHandler((messages[end] as ReceivedMessage).type) === handler
    )
      end += 1;
    if (handler) {
      await handler({ tx, messages: messages.slice(start, end) });
      used += end - start;
    }
    start = end;
  }
  return used;
}

async function lockPosition(tx: Db, topic: string, partition: number): Promise<number> {
  await run(
    tx,
    sql`INSERT INTO consumer_positions (topic, partition) VALUES (${topic}, ${partition}) ON CONFLICT DO NOTHING`,
  );
  const position = await row<{ next_offset: number }>(
    tx,
    sql`SELECT next_offset FROM consumer_positions WHERE topic = ${topic} AND partition = ${partition} FOR UPDATE`,
  );
  return position?.next_offset ?? 0;
}

async function keepSequences(tx: Db, topic: string, messages: readonly ReceivedMessage[]): Promise<void> {
  const reached = new Map<string, number>();
  for (const { aggregateId, sequence } of messages) if (sequence !== undefined) reached.set(aggregateId, sequence);
  if (reached.size === 0) return;
  await run(
    tx,
    sql`INSERT INTO applied_sequences (topic, aggregate_id, sequence)
        SELECT ${topic}, a, s FROM unnest(${[...reached.keys()]}::text[], ${[...reached.values()]}::bigint[]) AS t (a, s)
        ON CONFLICT (topic, aggregate_id) DO UPDATE SET sequence = excluded.sequence`,
  );
}

interface Counts {
  applied: number;
  duplicate: number;
  unused: number;
  parked: number;
}

async function movePosition(
  tx: Db,
  topic: string,
  partition: number,
  nextOffset: number,
  counts: Counts,
): Promise<void> {
  await run(
    tx,
    sql`UPDATE consumer_positions
        SET next_offset = ${nextOffset}, applied = applied + ${counts.applied}, duplicate = duplicate + ${counts.duplicate},
            unused = unused + ${counts.unused}, parked = parked + ${counts.parked}, moved_at = clock_timestamp()
        WHERE topic = ${topic} AND partition = ${partition}`,
  );
}

/** The catalog's name of a topic: what stands before `recoup.` keeps tests of one broker apart. */
export function unprefixed(topic: string): TopicName {
  return topic.slice(topic.indexOf('recoup.')) as TopicName;
}

/** Whether a failure passes by itself: the database can't be reached, is starting or stopping, or asks for another try. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state)
    return (
      state.startsWith('08') ||
      state.startsWith('57P') ||
      state.startsWith('53') ||
      state === '40001' ||
      state === '40P01'
    );
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : String(error);
  return /ECONN|ETIMEDOUT|EPIPE|terminated|Connection|timeout exceeded/i.test(text);
}

function describeFailure(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000);
}
