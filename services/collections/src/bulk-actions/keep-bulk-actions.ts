import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { Clock, correlationId, lockRun, rows, sql, transaction, withCorrelation } from '@recoup/service-kit';
import { endIfSettled, settleCancelledChunks } from './end-bulk-action.js';
import { PreviewBulkAction } from './preview-bulk-action.js';

const pollMs = 1000;
const orphanedAfterSeconds = 10;
const chunksAtOnce = 8;

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
    private readonly previews: PreviewBulkAction,
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
    const orphaned = await rows<{ id: string }>(
      db,
      sql`SELECT id FROM runs WHERE kind = 'bulk-action' AND status = 'previewing'
            AND created_at < clock_timestamp() - make_interval(secs => ${orphanedAfterSeconds}) ORDER BY created_at LIMIT 4`,
    );
    for (const { id } of orphaned) await this.previews.compute(id);
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

  private settle(id: string): Promise<number> {
    return transaction(this.orm.em.fork(), async (tx) => {
      const run = await lockRun(tx, id);
      if (!run) return 0;
      const settled = await settleCancelledChunks(tx, id, chunksAtOnce);
      await withCorrelation(run.correlation_id ?? undefined, () =>
        endIfSettled(tx, run, this.clock.now(), correlationId()),
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
