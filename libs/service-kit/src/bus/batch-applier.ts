import type { MikroORM } from '@mikro-orm/postgresql';
import { BatchCombiner } from './batch-combiner.js';
import { consumeBatch, type FindHandler } from './consume-batch.js';
import {
  parkedAggregates,
  parkedAggregatesMax,
  replayableAggregates,
  replayParked,
  type Replayed,
} from './parked-messages.js';
import type { RawMessage } from './received-message.js';

/** Applies batches as they come, together where they come together, and then what waited for them. */
export class BatchApplier {
  private readonly combiner = new BatchCombiner((batch) => this.apply(batch));
  /** Whether more may be parked than when it was last counted. */
  private parkedSince = true;

  constructor(
    private readonly orm: MikroORM,
    private readonly findHandler: FindHandler,
  ) {}

  /** Ends when a partition's batch has been applied. @throws what passes by itself: the caller tries again */
  take(batch: readonly RawMessage[]): Promise<void> {
    return this.combiner.take(batch);
  }

  /** Applies the aggregate's waiting messages again, in sequence. */
  replay(topic: string, aggregateId: string): Promise<Replayed> {
    return replayParked(this.orm.em.fork(), topic, aggregateId, this.findHandler);
  }

  /** Applies what waits on a topic and can be applied now, whoever brought what was missing. */
  async replayWhatCanBe(topic: string): Promise<void> {
    for (const aggregateId of await replayableAggregates(this.orm.em.fork(), topic))
      await this.replay(topic, aggregateId);
  }

  /** Counts what is parked before the next batch: another replica may have parked some. */
  countAgain(): void {
    this.parkedSince = true;
  }

  private async apply(batch: readonly RawMessage[]): Promise<void> {
    const count = this.parkedSince;
    this.parkedSince = false;
    try {
      if (count && (await parkedAggregates(this.orm.em.fork())) > parkedAggregatesMax)
        throw new Error(`more than ${parkedAggregatesMax} aggregates are parked; the consumer waits`);
      const { parked, waited } = await consumeBatch(this.orm.em.fork(), batch, this.findHandler);
      if (parked > 0) this.parkedSince = true;
      // What one batch parked, the same may have made applicable: numbers can come in any order.
      if (waited || parked > 0) await this.replayWhatCanBe(batch[0]?.topic ?? '');
    } catch (error) {
      this.parkedSince = true;
      throw error;
    }
  }
}
