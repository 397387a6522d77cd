import type { Kafka } from 'kafkajs';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceName } from '@recoup/contracts';
import { row, run, sql } from '../database/database.js';
import { failpoint } from './failpoint.js';
import type { BusConfig, BusLog } from './kafka.js';
import { emptyBatch, markPublished, takeBatch, type OutboxBatch, type OutboxRow } from './outbox-batch.js';
import { OutboxProducer } from './outbox-producer.js';

const pollMinMs = 25;
/** What is written within this time is taken together: each batch costs its consumers a transaction. */
const paceMs = 100;
const pollMaxMs = 250;
const heartbeatMs = 5000;
const lockCheckMs = 5000;
const standbyMs = 1000;
const failurePauseMs = 1000;
const housekeepingMs = 3600_000;
const outboxDaysKept = 30;

/** What health and metrics show of a relay. */
export interface RelayState {
  readonly leading: boolean;
  readonly standby: boolean;
  readonly lastPublishedAt: string | undefined;
  readonly published: number;
}

/**
 * Publishes the outbox to Kafka: takes unpublished rows in order of id, waits until all replicas have them, then marks
 * them. A crash between the two publishes them again, which consumers drop by sequence. One relay a service works (by
 * advisory lock); another stands by. While a batch is sent the next is read, and the one before is marked.
 */
export class Relay {
  private running: Promise<void> | undefined;
  private stopping = false;
  private leading = false;
  private standby = false;
  private published = 0;
  private lastPublishedAt: string | undefined;
  /** Everything committed before this instant (ms) has been published. */
  private caughtUpAt = 0;
  private heartbeatDueAt = 0;
  private housekeepingDueAt = 0;

  constructor(
    private readonly orm: MikroORM,
    private readonly kafka: Kafka,
    private readonly service: ServiceName,
    private readonly config: BusConfig,
    private readonly log: BusLog,
  ) {}

  get state(): RelayState {
    const { leading, standby, lastPublishedAt, published } = this;
    return { leading, standby, lastPublishedAt, published };
  }

  start(): void {
    this.running ??= this.keepRelaying();
  }

  /** Ends after the batch under way is acknowledged and marked. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async keepRelaying(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.leadWhileLocked();
      } catch (error) {
        this.log('warn', 'the relay stopped and tries again', { error: String(error) });
        await sleep(failurePauseMs);
      } finally {
        this.leading = false;
      }
    }
    this.standby = false;
  }

  /**
   * Holds the service's relay lock on a connection of its own for as long as it relays. When that connection is lost,
   * another relay may work beside this one until the check notices: both send in order, so that only repeats arise.
   */
  private async leadWhileLocked(): Promise<void> {
    await this.orm.em.fork().transactional(async (lock) => {
      const answer = await row<{ taken: boolean }>(
        lock,
        sql`SELECT pg_try_advisory_xact_lock(hashtext('recoup-relay')) AS taken`,
      );
      this.standby = !answer?.taken;
      if (this.standby) return;
      const producer = new OutboxProducer(this.kafka, this.service, this.config);
      try {
        await producer.open();
        this.leading = true;
        let checkDueAt = Date.now() + lockCheckMs;
        await this.relay(producer, async () => {
          if (Date.now() < checkDueAt) return;
          checkDueAt = Date.now() + lockCheckMs;
          await run(lock, sql`SELECT 1`);
        });
      } finally {
        await producer.close();
      }
    });
    if (this.standby && !this.stopping) await sleep(standbyMs);
  }

  private async relay(producer: OutboxProducer, checkLock: () => Promise<void>): Promise<void> {
    let pauseMs = pollMinMs;
    let marking: OutboxBatch = emptyBatch;
    let sending = await takeBatch(this.orm.em.fork(), []);
    while (!this.stopping) {
      await checkLock();
      await this.beat(producer);
      if (sending.rows.length + marking.rows.length === 0) {
        this.caughtUpAt = sending.takenAt;
        await sleep(pauseMs);
        pauseMs = Math.min(pauseMs * 2, pollMaxMs);
        sending = await takeBatch(this.orm.em.fork(), []);
        continue;
      }
      pauseMs = pollMinMs;
      const [next] = await allDone([
        this.takeNext(sending, [...marking.rows, ...sending.rows]),
        this.send(producer, sending),
        markPublished(this.orm.em.fork(), marking),
      ]);
      if (sending.complete) this.caughtUpAt = sending.takenAt;
      marking = sending;
      sending = next;
    }
    await markPublished(this.orm.em.fork(), marking);
  }

  /** What follows a batch: at once when more was there than it held, else after the pace. */
  private async takeNext(before: OutboxBatch, underWay: readonly OutboxRow[]): Promise<OutboxBatch> {
    if (before.complete) await sleep(Math.max(0, before.takenAt + paceMs - Date.now()));
    return takeBatch(this.orm.em.fork(), underWay);
  }

  private async send(producer: OutboxProducer, { rows }: OutboxBatch): Promise<void> {
    if (rows.length === 0) return;
    await producer.send(rows);
    failpoint('relay-acked');
    this.published += rows.length;
    this.lastPublishedAt = new Date().toISOString();
  }

  /** Tells each 5 s how far this service's topics are written; a consumer past that is current. Keeps partitions too. */
  private async beat(producer: OutboxProducer): Promise<void> {
    const now = Date.now();
    if (now >= this.housekeepingDueAt) {
      await run(this.orm.em.fork(), sql`SELECT outbox_keep_partitions(${outboxDaysKept})`);
      this.housekeepingDueAt = now + housekeepingMs;
    }
    if (now < this.heartbeatDueAt || this.caughtUpAt === 0) return;
    await producer.sendHeartbeat(new Date(this.caughtUpAt));
    this.heartbeatDueAt = now + heartbeatMs;
  }
}

/** Waits for all, also when one fails: nothing may go on behind the back of whoever tries again. */
async function allDone<A, B, C>(work: [Promise<A>, Promise<B>, Promise<C>]): Promise<[A, B, C]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
