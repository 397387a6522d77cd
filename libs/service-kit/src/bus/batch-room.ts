import type { RawMessage } from './received-message.js';
import { unprefixed } from './topic-names.js';

const messagesMax = 1000;
const bytesMax = 1024 * 1024;
/**
 * A command, or the answer to one, may be of a thousand accounts, and they stay locked until its transaction ends. Large ones
 * therefore go alone; only small ones, such as those of single accounts, go together.
 */
const commandBytesMax = 64 * 1024;

/** How much of a topic's messages one transaction takes; the first always fit. */
export class BatchRoom {
  private messages = 0;
  private bytes = 0;
  private readonly bytesMax: number;

  constructor(topic: string) {
    this.bytesMax = /\.(commands|results)$/.test(unprefixed(topic)) ? commandBytesMax : bytesMax;
  }

  /** Takes messages if they fit beside those taken before. */
  takes(batch: readonly RawMessage[]): boolean {
    const bytes = batch.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    const isFull = this.messages + batch.length > messagesMax || this.bytes + bytes > this.bytesMax;
    if (this.messages > 0 && isFull) return false;
    this.messages += batch.length;
    this.bytes += bytes;
    return true;
  }
}

/** Cuts messages of one partition, in order, into pieces that fit. */
export function inPieces(messages: readonly RawMessage[]): RawMessage[][] {
  const pieces: RawMessage[][] = [];
  let room: BatchRoom | undefined;
  for (const message of messages) {
    if (!room?.takes([message])) {
      room = new BatchRoom(message.topic);
      room.takes([message]);
      pieces.push([]);
    }
    pieces.at(-1)?.push(message);
  }
  return pieces;
}
