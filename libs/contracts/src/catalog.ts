import type { z } from 'zod';
import { clockSet } from './clock.js';
import * as collections from './collections/events.js';
import { heartbeat } from './heartbeat.js';
import { chunkExecuted, reverseTransactions, writeOffAccounts } from './ledger/commands.js';
import * as ledger from './ledger/events.js';

export type ServiceName = 'ledger' | 'collections' | 'precollections' | 'messaging';

/** A topic: how many partitions (fixed for life) and how long its messages stay (`forever`, days, or compacted by key). */
export interface Topic {
  readonly partitions: number;
  readonly retention: { readonly days: number } | 'forever' | 'compacted';
}

const events: Topic = { partitions: 12, retention: 'forever' };
const chunks: Topic = { partitions: 6, retention: { days: 7 } };
const heartbeats: Topic = { partitions: 1, retention: { days: 1 / 24 } };

/** Every topic of the system. Commands are named after the service that executes them. */
export const topics = {
  'recoup.ledger.events': events,
  'recoup.ledger.contacts': { partitions: 12, retention: 'compacted' },
  'recoup.ledger.commands': chunks,
  'recoup.ledger.results': chunks,
  'recoup.ledger.heartbeats': heartbeats,
  'recoup.collections.events': events,
  'recoup.collections.heartbeats': heartbeats,
  'recoup.precollections.events': events,
  'recoup.precollections.heartbeats': heartbeats,
  'recoup.messaging.events': events,
  'recoup.messaging.heartbeats': heartbeats,
  'recoup.clock': { partitions: 1, retention: 'compacted' },
} as const satisfies Record<string, Topic>;
export type TopicName = keyof typeof topics;

/** A message type: its data, its topic, who produces it, and what its Kafka key and subject are. */
export interface MessageType {
  readonly topic: TopicName;
  readonly producer: ServiceName | 'any';
  readonly key:
    'account' | 'office' | 'transaction-type' | 'agency' | 'bulk-action' | 'action:chunk' | 'service' | 'clock';
  readonly schema: z.ZodType;
}

/** The whole bus on one screen. A released type may only gain optional fields; a change of meaning is a new version. */
export const catalog = {
  'recoup.ledger.office-registered.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'office',
    schema: ledger.officeRegistered,
  },
  'recoup.ledger.transaction-type-defined.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'transaction-type',
    schema: ledger.transactionTypeDefined,
  },
  'recoup.ledger.account-opened.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.accountOpened,
  },
  'recoup.ledger.invoice-issued.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.invoiceIssued,
  },
  'recoup.ledger.payment-received.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.paymentReceived,
  },
  'recoup.ledger.credit-applied.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.creditApplied,
  },
  'recoup.ledger.written-off.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.writtenOff,
  },
  'recoup.ledger.payment-returned.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.paymentReturned,
  },
  'recoup.ledger.transaction-reversed.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.transactionReversed,
  },
  'recoup.ledger.dispute-recorded.v1': {
    topic: 'recoup.ledger.events',
    producer: 'ledger',
    key: 'account',
    schema: ledger.disputeRecorded,
  },
  'recoup.ledger.contact-changed.v1': {
    topic: 'recoup.ledger.contacts',
    producer: 'ledger',
    key: 'account',
    schema: ledger.contactChanged,
  },
  'recoup.ledger.write-off-accounts.v1': {
    topic: 'recoup.ledger.commands',
    producer: 'collections',
    key: 'action:chunk',
    schema: writeOffAccounts,
  },
  'recoup.ledger.reverse-transactions.v1': {
    topic: 'recoup.ledger.commands',
    producer: 'collections',
    key: 'action:chunk',
    schema: reverseTransactions,
  },
  'recoup.ledger.chunk-executed.v1': {
    topic: 'recoup.ledger.results',
    producer: 'ledger',
    key: 'action:chunk',
    schema: chunkExecuted,
  },
  'recoup.ledger.relay-alive.v1': {
    topic: 'recoup.ledger.heartbeats',
    producer: 'ledger',
    key: 'service',
    schema: heartbeat,
  },
  'recoup.collections.stage-changed.v1': {
    topic: 'recoup.collections.events',
    producer: 'collections',
    key: 'account',
    schema: collections.stageChanged,
  },
  'recoup.collections.flags-changed.v1': {
    topic: 'recoup.collections.events',
    producer: 'collections',
    key: 'account',
    schema: collections.flagsChanged,
  },
  'recoup.collections.account-referred.v1': {
    topic: 'recoup.collections.events',
    producer: 'collections',
    key: 'account',
    schema: collections.accountReferred,
  },
  'recoup.collections.agency-file-delivered.v1': {
    topic: 'recoup.collections.events',
    producer: 'collections',
    key: 'agency',
    schema: collections.agencyFileDelivered,
  },
  'recoup.collections.bulk-action-ended.v1': {
    topic: 'recoup.collections.events',
    producer: 'collections',
    key: 'bulk-action',
    schema: collections.bulkActionEnded,
  },
  'recoup.collections.relay-alive.v1': {
    topic: 'recoup.collections.heartbeats',
    producer: 'collections',
    key: 'service',
    schema: heartbeat,
  },
  'recoup.precollections.relay-alive.v1': {
    topic: 'recoup.precollections.heartbeats',
    producer: 'precollections',
    key: 'service',
    schema: heartbeat,
  },
  'recoup.messaging.relay-alive.v1': {
    topic: 'recoup.messaging.heartbeats',
    producer: 'messaging',
    key: 'service',
    schema: heartbeat,
  },
  'recoup.clock.set.v1': { topic: 'recoup.clock', producer: 'any', key: 'clock', schema: clockSet },
} as const satisfies Record<string, MessageType>;

export type MessageTypeName = keyof typeof catalog;

/** Data of a message type. */
export type MessageData<T extends MessageTypeName> = z.infer<(typeof catalog)[T]['schema']>;

/** The catalog's row of a type, or undefined for one that this version does not know. */
export function messageType(name: string): MessageType | undefined {
  return Object.hasOwn(catalog, name) ? catalog[name as MessageTypeName] : undefined;
}
