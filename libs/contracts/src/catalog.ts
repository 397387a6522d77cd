import type { z } from 'zod';
import { clockSet } from './clock.js';
import * as collections from './collections/events.js';
import { accountErasureConfirmed } from './erasure.js';
import { heartbeat } from './heartbeat.js';
import * as commands from './ledger/commands.js';
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
    | 'account'
    | 'office'
    | 'transaction-type'
    | 'service-type'
    | 'payer'
    | 'agency'
    | 'bulk-action'
    | 'action:chunk'
    | 'service'
    | 'clock';
  readonly schema: z.ZodType;
}

/** What the rows below share: an event on its service's topic, a command or answer of the ledger's, a relay's sign of life. */
function eventOf<P extends ServiceName, K extends MessageType['key'], S extends z.ZodType>(
  producer: P,
  key: K,
  schema: S,
) {
  return { topic: `recoup.${producer}.events` as const, producer, key, schema };
}

const ofLedger = <K extends MessageType['key'], S extends z.ZodType>(key: K, schema: S) =>
  eventOf('ledger', key, schema);

const ofCollections = <K extends MessageType['key'], S extends z.ZodType>(key: K, schema: S) =>
  eventOf('collections', key, schema);

function forLedger<S extends z.ZodType>(schema: S) {
  return { topic: 'recoup.ledger.commands', producer: 'collections', key: 'action:chunk', schema } as const;
}

function aliveOf<P extends ServiceName>(producer: P) {
  return { topic: `recoup.${producer}.heartbeats` as const, producer, key: 'service', schema: heartbeat } as const;
}

/** The whole bus on one screen. A released type may only gain optional fields; a change of meaning is a new version. */
export const catalog = {
  'recoup.ledger.office-registered.v1': ofLedger('office', ledger.officeRegistered),
  'recoup.ledger.transaction-type-defined.v1': ofLedger('transaction-type', ledger.transactionTypeDefined),
  'recoup.ledger.service-type-defined.v1': ofLedger('service-type', ledger.serviceTypeDefined),
  'recoup.ledger.payer-defined.v1': ofLedger('payer', ledger.payerDefined),
  'recoup.ledger.account-opened.v1': ofLedger('account', ledger.accountOpened),
  'recoup.ledger.account-changed.v1': ofLedger('account', ledger.accountChanged),
  'recoup.ledger.account-erased.v1': ofLedger('account', ledger.accountErased),
  'recoup.ledger.subscription-changed.v1': ofLedger('account', ledger.subscriptionChanged),
  'recoup.ledger.payer-assigned.v1': ofLedger('account', ledger.payerAssigned),
  'recoup.ledger.invoice-issued.v1': ofLedger('account', ledger.invoiceIssued),
  'recoup.ledger.payment-received.v1': ofLedger('account', ledger.paymentReceived),
  'recoup.ledger.credit-applied.v1': ofLedger('account', ledger.creditApplied),
  'recoup.ledger.written-off.v1': ofLedger('account', ledger.writtenOff),
  'recoup.ledger.adjusted.v1': ofLedger('account', ledger.adjusted),
  'recoup.ledger.line-queued.v1': ofLedger('account', ledger.lineQueued),
  'recoup.ledger.payer-invoice-issued.v1': ofLedger('account', ledger.payerInvoiceIssued),
  'recoup.ledger.balance-recalled.v1': ofLedger('account', ledger.balanceRecalled),
  'recoup.ledger.payment-returned.v1': ofLedger('account', ledger.paymentReturned),
  'recoup.ledger.transaction-reversed.v1': ofLedger('account', ledger.transactionReversed),
  'recoup.ledger.dispute-recorded.v1': ofLedger('account', ledger.disputeRecorded),
  'recoup.ledger.contact-changed.v1': {
    topic: 'recoup.ledger.contacts',
    producer: 'ledger',
    key: 'account',
    schema: ledger.contactChanged,
  },
  'recoup.ledger.write-off-accounts.v1': forLedger(commands.writeOffAccounts),
  'recoup.ledger.reverse-transactions.v1': forLedger(commands.reverseTransactions),
  'recoup.ledger.add-fees.v1': forLedger(commands.addFees),
  'recoup.ledger.freeze-accounts.v1': forLedger(commands.freezeAccounts),
  'recoup.ledger.roll-back-freezes.v1': forLedger(commands.rollBackFreezes),
  'recoup.ledger.refer-balances.v1': forLedger(commands.referBalances),
  'recoup.ledger.recall-balances.v1': forLedger(commands.recallBalances),
  'recoup.ledger.issue-invoices.v1': {
    topic: 'recoup.ledger.commands',
    producer: 'any',
    key: 'action:chunk',
    schema: commands.issueInvoices,
  },
  'recoup.ledger.invoices-issued.v1': {
    topic: 'recoup.ledger.results',
    producer: 'ledger',
    key: 'action:chunk',
    schema: commands.invoicesIssued,
  },
  'recoup.ledger.chunk-executed.v1': {
    topic: 'recoup.ledger.results',
    producer: 'ledger',
    key: 'action:chunk',
    schema: commands.chunkExecuted,
  },
  'recoup.ledger.relay-alive.v1': aliveOf('ledger'),
  'recoup.collections.stage-changed.v1': ofCollections('account', collections.stageChanged),
  'recoup.collections.flags-changed.v1': ofCollections('account', collections.flagsChanged),
  'recoup.collections.account-referred.v1': ofCollections('account', collections.accountReferred),
  'recoup.collections.agency-file-delivered.v1': ofCollections('agency', collections.agencyFileDelivered),
  'recoup.collections.bulk-action-ended.v1': ofCollections('bulk-action', collections.bulkActionEnded),
  'recoup.collections.account-erasure-confirmed.v1': ofCollections('account', accountErasureConfirmed),
  'recoup.collections.relay-alive.v1': aliveOf('collections'),
  'recoup.precollections.account-erasure-confirmed.v1': eventOf('precollections', 'account', accountErasureConfirmed),
  'recoup.precollections.relay-alive.v1': aliveOf('precollections'),
  'recoup.messaging.account-erasure-confirmed.v1': eventOf('messaging', 'account', accountErasureConfirmed),
  'recoup.messaging.relay-alive.v1': aliveOf('messaging'),
  'recoup.clock.set.v1': { topic: 'recoup.clock', producer: 'any', key: 'clock', schema: clockSet },
} as const satisfies Record<string, MessageType>;

export type MessageTypeName = keyof typeof catalog;

/** Data of a message type. */
export type MessageData<T extends MessageTypeName> = z.infer<(typeof catalog)[T]['schema']>;

/** The catalog's row of a type, or undefined for one that this version does not know. */
export function messageType(name: string): MessageType | undefined {
  return Object.hasOwn(catalog, name) ? catalog[name as MessageTypeName] : undefined;
}
