import type { EachBatchPayload } from 'kafkajs';
import type { BusLog } from './kafka.js';

const commitEveryMs = 1000;
/** A service that stops waits no longer for a broker that has stopped before it. */
const lastCommitWithinMs = 2000;

/** What of a batch's payload tells how far its consumer has read, and commits it. */
export type ReadingConsumer = Pick<EachBatchPayload, 'uncommittedOffsets' | 'commitOffsetsIfNecessary'>;

/**
 * Tells the broker how far topics are read, all partitions together, once a second and one commit at a time. What was applied is
 * said by the positions that change with it in the database: whoever starts from an older offset passes over what it reads again.
 * kafkajs by itself commits after each batch of each partition, all that is uncommitted each time: at 170 events a second
 * that is a third of the broker's work.
 */
export class OffsetCommits {
  private reader: ReadingConsumer | undefined;
  private due: NodeJS.Timeout | undefined;
  private underWay: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(private readonly log: BusLog) {}

  /** A batch has been read: what it and others resolved is committed within a second. */
  soon(reader: ReadingConsumer): void {
    if (this.closed) return;
    this.reader = reader;
    this.due ??= setTimeout(() => {
      this.due = undefined;
      void this.commit();
    }, commitEveryMs);
  }

  /** Commits what is resolved until now, and nothing that comes later. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.due);
    let limit: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, lastCommitWithinMs);
    });
    await Promise.race([this.commit(), tooLong]);
    clearTimeout(limit);
  }

  private commit(): Promise<void> {
    this.underWay = this.underWay.then(() => this.commitOnce());
    return this.underWay;
  }

  /** While a group finds its members again nothing can be committed, and needn't be. */
  private async commitOnce(): Promise<void> {
    const reader = this.reader;
    this.reader = undefined;
    try {
      const offsets = reader?.uncommittedOffsets();
      if (offsets && offsets.topics.length > 0) await reader?.commitOffsetsIfNecessary(offsets);
    } catch (error) {
      this.log('debug', 'offsets were not committed; what was read since is read again', { error: String(error) });
    }
  }
}
