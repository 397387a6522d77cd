import {
  fromHeaders,
  messageType,
  type HeaderValues,
  type MessageData,
  type MessageTypeName,
  type TopicName,
} from '@recoup/contracts';
import { isCompacted, unprefixed } from './topic-names.js';

/** A message as Kafka delivered it. */
export interface RawMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly headers: HeaderValues;
  readonly value: Uint8Array | null;
}

/** A message whose envelope and data are valid by the catalog. */
export interface ReceivedMessage<T extends MessageTypeName = MessageTypeName> {
  readonly type: T;
  readonly topic: string;
  readonly aggregateId: string;
  readonly sequence: number | undefined;
  readonly correlationId: string | undefined;
  readonly messageId: string;
  readonly time: string;
  readonly data: MessageData<T>;
  readonly raw: RawMessage;
}

/**
 * A key that a compacted topic forgets, by a message without value: what was known under it is to be erased (S28). It
 * has the topic's name in place of a type, and handlers are found by that: `@EventPattern('recoup.ledger.contacts')`
 * takes an `ErasureRun`. Where none does, it counts as read and has no effect.
 */
export interface Tombstone {
  readonly type: TopicName;
  readonly aggregateId: string;
  readonly sequence: number | undefined;
  readonly data: null;
  readonly raw: RawMessage;
}

/** A message that can't be read, with the reason and as much of its identity as can be told. */
export interface UnreadableMessage {
  readonly aggregateId: string;
  readonly sequence: number | undefined;
  readonly type: string | undefined;
  readonly detail: string;
  readonly raw: RawMessage;
}

export type AnyMessage = ReceivedMessage | Tombstone | UnreadableMessage;

/**
 * Reads a message: envelope from the headers, data as JSON, checked against the catalog. A type this version doesn't know
 * is unreadable, never passed over: its meaning may be a change we must not miss.
 */
export function readMessage(raw: RawMessage): AnyMessage {
  if (raw.value === null && isCompacted(raw.topic)) return tombstone(raw);
  let aggregateId = raw.key;
  let sequence: number | undefined;
  let type: string | undefined;
  try {
    const envelope = fromHeaders(raw.headers);
    ({ subject: aggregateId, sequence, type } = envelope);
    const known = messageType(type);
    if (!known) return { aggregateId, sequence, type, raw, detail: `unknown type ${type}` };
    const data = known.schema.parse(
      JSON.parse(Buffer.from(raw.value ?? '').toString('utf8')),
    ) as MessageData<MessageTypeName>;
    return {
      type: type as MessageTypeName,
      topic: known.topic,
      aggregateId,
      sequence,
      data,
      raw,
      correlationId: envelope.correlationid,
      messageId: envelope.id,
      time: envelope.time,
    };
  } catch (error) {
    return { aggregateId, sequence, type, raw, detail: describe(error) };
  }
}

/** A tombstone is one whatever its headers say: brokers and their tools write some without any. */
function tombstone(raw: RawMessage): Tombstone {
  const type = unprefixed(raw.topic);
  try {
    const { subject: aggregateId, sequence } = fromHeaders(raw.headers);
    return { type, aggregateId, sequence, data: null, raw };
  } catch {
    return { type, aggregateId: raw.key, sequence: undefined, data: null, raw };
  }
}

/** Says what is wrong without repeating the message's contents, which may be personal. */
function describe(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'issues' in error && Array.isArray(error.issues)) {
    return error.issues
      .map((issue: { path: PropertyKey[]; message: string }) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ')
      .slice(0, 1000);
  }
  return error instanceof SyntaxError ? 'the value is not JSON' : String(error).slice(0, 1000);
}

export function isUnreadable(message: AnyMessage): message is UnreadableMessage {
  return 'detail' in message;
}

/** Whether it is a message with data, and no tombstone. */
export function isReadable(message: AnyMessage): message is ReceivedMessage {
  return 'data' in message && message.data !== null;
}
