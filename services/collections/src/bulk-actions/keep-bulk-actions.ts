import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Clock,
  correlationId,
  DomainError,
  lockRun,
  rows,
  run,
  sql,
  transaction,
  withCorrelation,
  type ChunkRow,
  type Db,
} from '@recoup/service-kit';
import { ComputePreview } from './compute-preview.js';
import { endIfSettled, settleCancelledChunks } from './end-bulk-action.js';
import { RunBulkAction } from './run-bulk-action.js';

const pollMs = 1000;
const orphanedAfterSeconds = 10;
const chunksAtOnce = 8;
const resendAfterSeconds = 60;

/**
 * Goes on with what a process that ended left half done: previews that nobody computes any more, and cancelled actions
 * whose chunks are not settled yet. Any replica may do it: locks say who is at it.
 */
@Injectable()
export class KeepBulkActions implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('bulk-actions');
  private stopping = false;
  private polling: Promise<void> | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly previews: ComputePreview,
    private readonly carrier: RunBulkAction,
  ) {}

  onApplicationBootstrap(): void {
    this.polling = this.poll();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.polling;
  }

  private async poll(): Promise<void> {
    while (!this.stopping) {
      const worked = await this.keep().catch((error: unknown) => {
        this.log.warn(`what was left of bulk actions can not be done now; trying again: ${String(error)}`);
        return false;
      });
      if (!worked) await this.pause();
    }
  }

  /** One round; true when there may be more to do. */
  async keep(): Promise<boolean> {
    const db = this.orm.em.fork();
    await this.preview(db);
    await this.resend(db);
    const cancelled = await rows<{ id: string }>(
      db,
      sql`SELECT r.id FROM runs r JOIN bulk_actions b ON b.id = r.id
          WHERE r.kind = 'bulk-action' AND r.status = 'cancelled' AND NOT b.ended
            AND EXISTS (SELECT 1 FROM run_chunks c WHERE c.run_id = r.id AND c.status = 'pending') LIMIT 4`,
    );
    let settled = 0;
    for (const { id } of cancelled) settled += await this.settle(id);
    return settled > 0;
  }

  /** In no order, so that previews that fail again and again don't stand before the others. */
  private async preview(db: Db): Promise<void> {
    const orphaned = await rows<{ id: string }>(
      db,
      sql`SELECT id FROM runs WHERE kind = 'bulk-action' AND status = 'previewing'
            AND created_at < clock_timestamp() - make_interval(secs => ${orphanedAfterSeconds}) ORDER BY random() LIMIT 4`,
    );
    for (const { id } of orphaned)
      await this.previews.compute(id).catch((error: unknown) => {
        if (error instanceof DomainError) return this.previews.giveUp(id, error.message);
        this.log.warn(`the preview ${id} can not be computed now; trying again: ${String(error)}`);
        return undefined;
      });
  }

  /**
   * Asks again for the chunks of cancelled actions that were asked for a minute ago and not answered: the engine no longer
   * looks at those, and a command that was lost would leave the action unsettled for ever.
   */
  private async resend(db: Db): Promise<void> {
    const lost = sql`c.status = 'sent' AND c.sent_at < clock_timestamp() - make_interval(secs => ${resendAfterSeconds})`;
    const unanswered = await rows<{ id: string }>(
      db,
      sql`SELECT r.id FROM runs r JOIN bulk_actions b ON b.id = r.id
          WHERE r.kind = 'bulk-action' AND r.status = 'cancelled' AND NOT b.ended
            AND EXISTS (SELECT 1 FROM run_chunks c WHERE c.run_id = r.id AND ${lost}) LIMIT 4`,
    );
    for (const { id } of unanswered)
      await transaction(db, async (tx) => {
        const cancelled = await lockRun(tx, id);
        if (cancelled?.status !== 'cancelled') return;
        const chunks = await rows<ChunkRow>(
          tx,
          sql`SELECT c.run_id, c.number, c.items, c.attempts FROM run_chunks c
              WHERE c.run_id = ${id} AND ${lost} ORDER BY c.number LIMIT ${chunksAtOnce} FOR UPDATE`,
        );
        for (const chunk of chunks) {
          await withCorrelation(cancelled.correlation_id ?? undefined, () =>
            this.carrier.executeChunk(tx, cancelled, chunk),
          );
          await run(
            tx,
            sql`UPDATE run_chunks SET sent_at = clock_timestamp(), attempts = attempts + 1
                WHERE run_id = ${id} AND number = ${chunk.number}`,
          );
        }
      });
  }

  private settle(id: string): Promise<number> {
    return transaction(this.orm.em.fork(), async (tx) => {
      const cancelled = await lockRun(tx, id);
      if (!cancelled) return 0;
      const settled = await settleCancelledChunks(tx, id, chunksAtOnce);
      await withCorrelation(cancelled.correlation_id ?? undefined, () =>
        endIfSettled(tx, cancelled, this.clock.now(), correlationId()),
      );
      return settled;
    });
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
