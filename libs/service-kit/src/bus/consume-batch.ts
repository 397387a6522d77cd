import type { MessageTypeName, TopicName } from '@recoup/contracts';
import { transaction, type Db } from '../database/database.js';
import { failpoint } from './failpoint.js';
import { judgeBatch, keepSequences } from './judge-batch.js';
import { park, type ParkedReason } from './parked-messages.js';
import { Flow } from './flow.js';
import { lockPositions, movePositions } from './positions.js';
import {
  isUnreadable,
  readMessage,
  type RawMessage,
  type ReceivedMessage,
  type Tombstone,
} from './received-message.js';
import type { Verdict } from './sequence-check.js';
import { isTransient } from './transient.js';

/** Consecutive messages that one handler takes, to be applied set-based on `tx`. */
export interface Run<T extends MessageTypeName = MessageTypeName> {
  readonly tx: Db;
  readonly messages: readonly ReceivedMessage<T>[];
}

/** Consecutive tombstones of a topic: keys whose data are to be erased on `tx`, in the order in which they came. */
export interface ErasureRun {
  readonly tx: Db;
  readonly messages: readonly Tombstone[];
}

/** Applies a run in the transaction it is given; throws when a message can't be applied. */
export type RunHandler = (run: Run) => Promise<void>;

/** The handler of a type, or of a topic's tombstones; undefined for what this service doesn't use. */
export type FindHandler = (type: MessageTypeName | TopicName) => RunHandler | undefined;

export const runMessagesMax = 1000;

/** What a batch did to what waits. */
export interface BatchOutcome {
  /** How many of its messages were parked. */
  readonly parked: number;
  /** Whether messages of its aggregates waited before: some of them may be applicable now. */
  readonly waited: boolean;
}

const nothing: BatchOutcome = { parked: 0, waited: false };

/**
 * Applies messages of one topic, those of each partition in order: positions, sequences, effects and what had to be parked
 * change in one transaction. When the handler fails for a reason that is not passing, the batch is halved until the bad
 * message stands alone; it is parked, and the rest goes on.
 * @throws what the database throws while it can't be reached; the caller tries again later.
 */
export async function consumeBatch(
  db: Db,
  batch: readonly RawMessage[],
  findHandler: FindHandler,
): Promise<BatchOutcome> {
  if (batch.length === 0) return nothing;
  try {
    const outcome = await transaction(db, (tx) => consumeOnce(tx, batch, findHandler, undefined));
    failpoint('batch-committed');
    return outcome;
  } catch (error) {
    if (isTransient(error)) throw error;
    if (batch.length === 1) return transaction(db, (tx) => consumeOnce(tx, batch, findHandler, describeFailure(error)));
    const middle = Math.ceil(batch.length / 2);
    const first = await consumeBatch(db, batch.slice(0, middle), findHandler);
    const second = await consumeBatch(db, batch.slice(middle), findHandler);
    return { parked: first.parked + second.parked, waited: first.waited || second.waited };
  }
}

/** One transaction's work. With `failure`, the only message of the batch is known to fail and is parked instead. */
async function consumeOnce(
  tx: Db,
  batch: readonly RawMessage[],
  findHandler: FindHandler,
  failure: string | undefined,
): Promise<BatchOutcome> {
  const topic = batch[0]?.topic ?? '';
  const positions = await lockPositions(tx, topic, [...new Set(batch.map(({ partition }) => partition))]);
  const fresh = batch.filter(({ partition, offset }) => offset >= (positions.get(partition) ?? 0));
  if (fresh.length === 0) return nothing;
  const flow = new Flow(positions, fresh);
  const toApply: Applicable[] = [];
  const { judged, waited } = await judgeBatch(tx, topic, fresh.map(readMessage));
  for (const { message, verdict } of judged) {
    const counts = flow.of(message);
    const reason = parkedReason(!isUnreadable(message), verdict, failure);
    if (verdict === 'duplicate') counts.duplicate += 1;
    else if (reason) {
      await park(tx, message, reason, failure ?? (isUnreadable(message) ? message.detail : ''));
      counts.parked += 1;
    } else if (!isUnreadable(message)) toApply.push(message);
  }
  await applyRuns(tx, toApply, findHandler, flow);
  await keepSequences(tx, topic, toApply);
  await movePositions(tx, topic, flow.progress());
  return { parked: flow.parked, waited };
}

function parkedReason(readable: boolean, verdict: Verdict, failure: string | undefined): ParkedReason | undefined {
  if (!readable) return 'unreadable';
  if (verdict === 'gap' || verdict === 'behind-parked') return verdict;
  return failure === undefined ? undefined : 'handler-failed';
}

type Applicable = ReceivedMessage | Tombstone;

/** Hands consecutive messages of one handler to it, and counts those that found one. */
async function applyRuns(tx: Db, messages: readonly Applicable[], findHandler: FindHandler, flow: Flow): Promise<void> {
  const handlers = messages.map((message) => findHandler(message.type));
  for (let start = 0; start < messages.length;) {
    const handler = handlers[start];
    let end = start + 1;
    while (end < messages.length && end - start < runMessagesMax && handlers[end] === handler) end += 1;
    const run = messages.slice(start, end);
    // A handler that was found by the name of a topic takes tombstones, and no others are in its run.
    if (handler) await handler({ tx, messages: run as ReceivedMessage[] });
    for (const message of run) flow.of(message)[handler ? 'applied' : 'unused'] += 1;
    start = end;
  }
}

function describeFailure(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 1000);
}
