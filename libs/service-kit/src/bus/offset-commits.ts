import type { EachBatchPayload } from 'kafkajs';
import type { BusLog } from './kafka.js';

const commitEveryMs = 1000;

/** What of a batch's payload tells how far its consumer has read, and commits it. */
export type ReadingConsumer = Pick<EachBatchPayload, 'uncommittedOffsets' | 'commitOffsetsIfNecessary'>;

/**
 * Tells the broker how far topics are read, all partitions together and once a second. What was applied is said by the
 * positions that change with it in the database: whoever starts from an older offset passes over what it reads again.
 * kafkajs by itself commits after each batch of each partition, all that is uncommitted each time: at 170 events a second
 * that is a third of the broker's work.
 */
export class OffsetCommits {
  private reader: ReadingConsumer | undefined;
  private due: NodeJS.Timeout | undefined;

  constructor(private readonly log: BusLog) {}

  /** A batch has been read: what it and others resolved is committed within a second. */
  soon(reader: ReadingConsumer): void {
    this.reader = reader;
    this.due ??= setTimeout(() => void this.now(), commitEveryMs);
  }

  /** Commits what is resolved. While a group finds its members again that can't be, and isn't needed. */
  async now(): Promise<void> {
    clearTimeout(this.due);
    this.due = undefined;
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
