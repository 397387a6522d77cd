import type { FlowCounts, Progress } from './positions.js';
import type { RawMessage } from './received-message.js';

/** Counts how the messages of a batch end, by partition. */
export class Flow {
  private readonly byPartition = new Map<number, Progress>();

  /** @param fresh messages from the positions on, those of each partition in order */
  constructor(positions: ReadonlyMap<number, number>, fresh: readonly RawMessage[]) {
    for (const [partition, own] of Map.groupBy(fresh, (raw) => raw.partition)) {
      const position = positions.get(partition) ?? 0;
      const nextOffset = (own.at(-1)?.offset ?? position) + 1;
      const absent = nextOffset - position - own.length;
      const counts = { applied: 0, duplicate: 0, unused: 0, parked: 0, absent };
      this.byPartition.set(partition, { partition, nextOffset, counts });
    }
  }

  /** The counts of a message's partition, to be added to. */
  of({ raw }: { readonly raw: RawMessage }): FlowCounts {
    const found = this.byPartition.get(raw.partition);
    if (!found) throw new Error(`Partition ${raw.partition} has no message in the batch`);
    return found.counts;
  }

  /** How many were parked, of all partitions. */
  get parked(): number {
    return this.progress().reduce((sum, { counts }) => sum + counts.parked, 0);
  }

  /** How far each partition has come. */
  progress(): Progress[] {
    return [...this.byPartition.values()];
  }
}
