import { BatchRoom } from './batch-room.js';
import type { RawMessage } from './received-message.js';

const transactionsAtOnce = 3;

interface Waiting {
  readonly batch: readonly RawMessage[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Joins batches that came at the same time: Kafka hands each partition over by itself, and a dozen partitions with some
 * messages each would be a dozen transactions with as many statements as one of a thousand. Nothing waits for more to
 * come; what is there while others are applied goes together.
 */
export class BatchCombiner {
  private waiting: Waiting[] = [];
  private working = 0;

  /** @param apply applies messages of one topic, those of each partition in order */
  constructor(private readonly apply: (batch: readonly RawMessage[]) => Promise<void>) {}

  /** Ends when the batch of a partition has been applied; fails when applying what it was part of failed. */
  take(batch: readonly RawMessage[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      // The partitions of one answer of the broker follow each other at once.
      setImmediate(() => void this.work());
    });
  }

  private async work(): Promise<void> {
    if (this.working >= transactionsAtOnce) return;
    this.working += 1;
    for (let next = this.next(); next.length > 0; next = this.next()) {
      try {
        await this.apply(next.flatMap(({ batch }) => batch));
        for (const { resolve } of next) resolve();
      } catch (error) {
        for (const { reject } of next) reject(error);
      }
    }
    this.working -= 1;
  }

  /** The first batch that waits and, as long as they fit, others of its topic. */
  private next(): Waiting[] {
    const topic = this.waiting[0]?.batch[0]?.topic ?? '';
    const room = new BatchRoom(topic);
    const taken = this.waiting.filter(({ batch }) => batch[0]?.topic === topic && room.takes(batch));
    this.waiting = this.waiting.filter((each) => !taken.includes(each));
    return taken;
  }
}
