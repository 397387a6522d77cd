import { Injectable } from '@nestjs/common';
import {
  Clock,
  correlationId,
  type ChunkCounts,
  type ChunkRow,
  type Db,
  type RunKind,
  type RunRow,
  type sent,
} from '@recoup/service-kit';
import { actionOfRun, endBulkAction } from './end-bulk-action.js';

/**
 * Carries out bulk actions for the runs engine: each chunk by its action, in the engine's transaction and under the run's
 * correlation id.
 */
@Injectable()
export class RunBulkAction implements RunKind {
  readonly kind = 'bulk-action';

  constructor(private readonly clock: Clock) {}

  async executeChunk(tx: Db, run: RunRow, chunk: ChunkRow): Promise<ChunkCounts | typeof sent> {
    const { action, undoing, parameters } = await actionOfRun(tx, run.id);
    const work = { run, chunk: chunk.number, parameters, now: this.clock.now(), correlationId: correlationId() };
    if (!undoing) return action.execute(tx, work);
    if (!action.undo) throw new Error(`${action.type} can't be undone`);
    return action.undo.execute(tx, work);
  }

  finish(tx: Db, run: RunRow, failed: number): Promise<void> {
    const status = failed > 0 ? 'completed-with-failures' : 'completed';
    return endBulkAction(tx, run, status, this.clock.now(), correlationId());
  }
}
