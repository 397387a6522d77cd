/** A message that waits, without its contents. */
export interface ParkedMessage {
  id: string;
  topic: string;
  partition: number;
  offset: number;
  aggregateId: string;
  type: string | null;
  sequence: number | null;
  reason: 'unreadable' | 'handler-failed' | 'gap' | 'behind-parked' | 'discarded';
  detail: string;
  parkedAt: string;
  replayedAt: string | null;
}

/** What a replay came to. */
export interface Replayed {
  applied: number;
  stoppedBecause: string | null;
}

/** Where the message stands on the bus. */
export function whereOf({ topic, partition, offset }: ParkedMessage): string {
  return `${topic} ${partition}/${offset}`;
}
