import { row, run, sql, type Db } from '../database/database.js';
import { againstRule, notFound, wrongState } from '../http/problem.js';
import { keepSequences } from './judge-batch.js';
import type { ParkedReason } from './parked-messages.js';
import { lockPositions } from './positions.js';
import { isUnreadable, readMessage, type RawMessage, type UnreadableMessage } from './received-message.js';
import { isCompacted } from './topic-names.js';

interface Parked extends RawMessage {
  readonly replayed_at: string | null;
}

/** What a discarded message was, and whether the sequence of its aggregate goes on after it. */
export interface Discarded {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly aggregateId: string;
  readonly type: string | null;
  readonly sequence: number | null;
  readonly detail: string;
  readonly passed: boolean;
}

/**
 * Gives up a waiting message that can't be read and never will be. Of an event that stands next in its aggregate the
 * number counts as passed, so that what waits behind it is applied; whatever it told is missing here until its producer
 * publishes the aggregate again, and `recoup verify` says so. A message that can be read is never discarded. Under the
 * lock of the partition's position, as consumer and replay work.
 * @throws DomainError 404, 409 `not-waiting`, 422 `can-be-read` or `not-its-turn`
 */
export async function discardParked(tx: Db, id: string, reason: string): Promise<Discarded> {
  const place = await row<{ topic: string; partition: number }>(
    tx,
    sql`SELECT topic, partition FROM parked_messages WHERE id = ${id}`,
  );
  if (!place) throw notFound('parked message');
  await lockPositions(tx, place.topic, [place.partition]);
  const message = await unreadableMessage(tx, id);
  const passed = await passSequence(tx, message);
  const discarded: ParkedReason = 'discarded';
  await run(
    tx,
    sql`UPDATE parked_messages SET replayed_at = clock_timestamp(), reason = ${discarded}, detail = ${reason} WHERE id = ${id}`,
  );
  const { raw, aggregateId, type = null, sequence = null, detail } = message;
  return {
    topic: raw.topic,
    partition: raw.partition,
    offset: raw.offset,
    aggregateId,
    type,
    sequence,
    detail,
    passed,
  };
}

/** The waiting message as this version reads it now, which may know more types than the one that parked it. */
async function unreadableMessage(tx: Db, id: string): Promise<UnreadableMessage> {
  const parked = await row<Parked>(
    tx,
    sql`SELECT topic, partition, "offset", key, headers, value, replayed_at FROM parked_messages WHERE id = ${id}`,
  );
  if (parked?.replayed_at !== null)
    throw wrongState('not-waiting', 'This message waits no longer: it was applied or discarded before.');
  const message = readMessage(parked);
  if (isUnreadable(message)) return message;
  throw againstRule(
    'can-be-read',
    message.sequence === undefined
      ? 'This message can be read, so it must not get lost. Mend what stands in its way, and replay it.'
      : `This is event ${message.sequence} of its aggregate, and it can be read. Without it the figures here would be wrong from then on. Mend what stands in its way, and replay it.`,
  );
}

/** Moves the aggregate's sequence past an event that stands next in it; answers whether it did. */
async function passSequence(tx: Db, message: UnreadableMessage): Promise<boolean> {
  const { aggregateId, sequence, raw } = message;
  if (sequence === undefined || isCompacted(raw.topic)) return false;
  const applied = await row<{ sequence: number }>(
    tx,
    sql`SELECT sequence FROM applied_sequences WHERE topic = ${raw.topic} AND aggregate_id = ${aggregateId}`,
  );
  const next = (applied?.sequence ?? 0) + 1;
  if (sequence > next)
    throw againstRule(
      'not-its-turn',
      `Event ${next} of this aggregate comes before this one, ${sequence}. Discard this one when all before it are settled.`,
    );
  if (sequence < next) return false;
  await keepSequences(tx, raw.topic, [message]);
  return true;
}
