import { toHeaders, type MessageData, type MessageTypeName } from '@recoup/contracts';
import {
  consumeBatch,
  type Db,
  type FindHandler,
  type RawMessage,
  type Run,
  type RunHandler,
} from '@recoup/service-kit';
import { applyLedgerEvents, type AfterApply } from '../apply-ledger-events.js';
import { applyOfficeEvents } from '../apply-offices.js';
import { accountEventTypes } from '../account-event-types.js';
import type { HistoryEvent } from './ledger-history.js';
import type { Random } from '@recoup/service-kit/testing/random';

const topic = 'recoup.ledger.events';

/** A message as Kafka would deliver it, at a place in its partition. */
export function rawMessage<T extends MessageTypeName>(
  event: { readonly type: T; readonly subject: string; readonly sequence: number; readonly data: MessageData<T> },
  partition: number,
  offset: number,
): RawMessage {
  const { type, subject, sequence, data } = event;
  const envelope = {
    specversion: '1.0' as const,
    id: `${subject}/${sequence}`,
    source: '/recoup/ledger',
    type,
    subject,
    time: '2026-01-01T00:00:00Z',
    sequence,
  };
  return {
    topic,
    partition,
    offset,
    key: subject,
    headers: toHeaders(envelope),
    value: Buffer.from(JSON.stringify(data)),
  };
}

const offices: RunHandler = (run: Run) => applyOfficeEvents(run as Run<'recoup.ledger.office-registered.v1'>);

/** Partitions of a ledger's log, written here and read in batches through the kit's consumer, sequence check included. */
export class LedgerLog {
  private readonly ends = new Map<number, number>();
  private readonly findHandler: FindHandler;

  constructor(afterApply?: AfterApply) {
    const accounts: RunHandler = (run: Run) => applyLedgerEvents(run, afterApply);
    this.findHandler = (type) => {
      if (type === 'recoup.ledger.office-registered.v1') return offices;
      return accountEventTypes.some((each) => each === type) ? accounts : undefined;
    };
  }

  /** Delivers events to a partition as one batch; the same event may be delivered again. */
  async deliver(db: Db, events: readonly HistoryEvent[], partition = 0): Promise<void> {
    const start = this.ends.get(partition) ?? 0;
    this.ends.set(partition, start + events.length);
    const batch = events.map((event, index) =>
      rawMessage({ ...event, subject: event.data.accountId }, partition, start + index),
    );
    await consumeBatch(db, batch, this.findHandler);
  }

  /** Registers an office. */
  async office(
    db: Db,
    data: MessageData<'recoup.ledger.office-registered.v1'>,
    sequence = 1,
    partition = 0,
  ): Promise<void> {
    const offset = this.ends.get(partition) ?? 0;
    this.ends.set(partition, offset + 1);
    const event = { type: 'recoup.ledger.office-registered.v1' as const, subject: data.officeId, sequence, data };
    await consumeBatch(db, [rawMessage(event, partition, offset)], this.findHandler);
  }
}

/** One of the orders in which histories of several accounts may arrive: each account's own order is kept. */
export function interleave(histories: readonly (readonly HistoryEvent[])[], random: Random): HistoryEvent[] {
  const queues = histories.map((events) => [...events]);
  const arrived: HistoryEvent[] = [];
  for (;;) {
    const waiting = queues.filter(({ length }) => length > 0);
    const next = waiting[Math.floor(random() * waiting.length)]?.shift();
    if (!next) return arrived;
    arrived.push(next);
  }
}

/** Cuts a sequence into batches of random size, at most `most`. */
export function batches<T>(all: readonly T[], most: number, random: Random): T[][] {
  const cut: T[][] = [];
  for (let start = 0; start < all.length;) {
    const size = 1 + Math.floor(random() * most);
    cut.push(all.slice(start, start + size));
    start += size;
  }
  return cut;
}
