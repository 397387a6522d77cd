import type { MikroORM } from '@mikro-orm/postgresql';
import { failpoint, row, run, sql, transaction, type BusLog, type Db, type RawBuilder } from '@recoup/service-kit';
import { deliveryAttemptsMax, nextDeliveryStatus, pauseSeconds, type Delivery } from './delivery.js';
import { encodeFile, sameContent, type EncodedFile } from './encode-file.js';
import type { DetailRecord, FileFormat, FileRecord } from './file-format.js';
import type { Transport, Written } from './transport.js';

/** Where a delivery's file comes from, and what follows its arrival. */
export interface DeliverySource {
  /** Format and header of the delivery's file. */
  describe(db: Db, delivery: Delivery): Promise<{ format: FileFormat; header: FileRecord }>;
  /** The delivery's rows, always in the same order. */
  rows(db: Db, delivery: Delivery): AsyncIterable<DetailRecord>;
  /** In the transaction that notes the arrival: the event. */
  arrived(tx: Db, delivery: Delivery, written: Written): Promise<void>;
}

const leaseSeconds = 120;
const pollMs = 250;

/** The columns of `deliveries` as a `Delivery`. */
export const deliveryColumns: RawBuilder<unknown> = sql`id, recipient, kind, batch_id AS "batchId", file_sequence AS "fileSequence",
  file_name AS "fileName", file_date AS "fileDate", row_count AS rows, totals, status, attempts, checksum`;

/** The file of a delivery as a stream; the same bytes whenever it is asked for. */
export async function deliveryFile(db: Db, source: DeliverySource, delivery: Delivery): Promise<EncodedFile> {
  const { format, header } = await source.describe(db, delivery);
  return encodeFile(format, header, source.rows(db, delivery));
}

/**
 * Sends what is due, one file at a time. A lease keeps replicas apart, and its fence what is noted by a worker that lost
 * it. A process killed at any point leaves a delivery that is sent again: the file has the same bytes, so it is there once.
 */
export class DeliveryWorker {
  private stopping = false;
  private polling: Promise<void> | undefined;

  constructor(
    private readonly orm: MikroORM,
    private readonly instance: string,
    private readonly source: DeliverySource,
    private readonly transport: Transport,
    private readonly log: BusLog,
  ) {}

  start(): void {
    this.polling ??= this.poll();
  }

  /** Ends after the file under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.polling;
  }

  private async poll(): Promise<void> {
    while (!this.stopping) {
      const worked = await this.deliverNext().catch((error: unknown) => {
        this.log('warn', 'deliveries can not be looked for; trying again', { error: String(error) });
        return false;
      });
      if (!worked) await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Takes what is due first and sends it; false when nothing is due. */
  async deliverNext(): Promise<boolean> {
    const taken = await this.take();
    if (!taken) return false;
    try {
      const written = await this.send(taken);
      failpoint('file-placed');
      await transaction(this.orm.em.fork(), (tx) => this.arrive(tx, taken, written));
    } catch (error) {
      this.log('error', 'a file could not be delivered', { delivery: taken.id, error: String(error) });
      await this.putOff(taken, error);
    }
    return true;
  }

  private async take(): Promise<Taken | undefined> {
    return row<Taken>(
      this.orm.em.fork(),
      sql`UPDATE deliveries SET status = 'sending', attempts = attempts + 1, fence = fence + 1, lease_owner = ${this.instance},
            lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
          WHERE id = (SELECT id FROM deliveries
                      WHERE (status = 'pending' AND next_attempt_at <= clock_timestamp())
                         OR (status = 'sending' AND lease_until < clock_timestamp())
                      ORDER BY next_attempt_at, recipient, file_sequence LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING fence, ${deliveryColumns}`,
    );
  }

  private async send(taken: Taken): Promise<Written> {
    const file = await deliveryFile(this.orm.em.fork(), this.source, taken);
    return this.transport.put(taken.recipient, taken.fileName, this.renewing(taken, file.chunks), () => {
      if (!sameContent(file.summary(), taken)) throw new Error('The rows differ from what the delivery says of them');
    });
  }

  /** Passes chunks on, renewing the lease now and then, so that a long file isn't taken over while it is written. */
  private async *renewing(taken: Taken, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    let renewedAt = Date.now();
    for await (const chunk of chunks) {
      yield chunk;
      if (Date.now() - renewedAt < (leaseSeconds * 1000) / 4) continue;
      renewedAt = Date.now();
      const mine = await run(
        this.orm.em.fork(),
        sql`UPDATE deliveries SET lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
            WHERE id = ${taken.id} AND fence = ${taken.fence}`,
      );
      if (mine === 0) throw new Error('Another worker took the delivery over');
    }
  }

  private async arrive(tx: Db, taken: Taken, written: Written): Promise<void> {
    const noted = await run(
      tx,
      sql`UPDATE deliveries SET status = 'delivered', bytes = ${written.bytes}, checksum = ${written.checksum}, last_error = NULL,
            delivered_at = clock_timestamp(), lease_owner = NULL, lease_until = NULL
          WHERE id = ${taken.id} AND fence = ${taken.fence} AND status = 'sending'`,
    );
    if (noted === 1) await this.source.arrived(tx, taken, written);
  }

  private async putOff(taken: Taken, error: unknown): Promise<void> {
    const command = taken.attempts >= deliveryAttemptsMax ? 'give-up' : 'retry-later';
    await run(
      this.orm.em.fork(),
      sql`UPDATE deliveries SET status = ${nextDeliveryStatus('sending', command)}, last_error = ${String(error).slice(0, 500)},
            next_attempt_at = clock_timestamp() + make_interval(secs => ${pauseSeconds(taken.attempts)}), lease_owner = NULL, lease_until = NULL
          WHERE id = ${taken.id} AND fence = ${taken.fence} AND status = 'sending'`,
    );
  }
}

interface Taken extends Delivery {
  readonly fence: number;
}
