import { correlationId, type Clock, type ReceivedMessage } from '@recoup/service-kit';

/** Where a chunk's bookings come from, and when they are recorded. */
export interface ChunkOrigin {
  readonly actionId: string;
  readonly chunk: number;
  readonly actor: string;
  readonly approver: string | null;
  readonly offices: readonly string[];
  readonly recordedAt: string;
  readonly correlationId: string;
  readonly causationId: string;
}

type Told = 'actionId' | 'chunk' | 'actor' | 'approver' | 'offices';

/** Where the bookings of a command come from; they are recorded now. */
export function originOf(
  message: Pick<ReceivedMessage, 'correlationId' | 'messageId'> & { readonly data: Pick<ChunkOrigin, Told> },
  clock: Clock,
): ChunkOrigin {
  const { actionId, chunk, actor, approver, offices } = message.data;
  const correlation = message.correlationId ?? correlationId();
  const recordedAt = clock.now();
  const causationId = message.messageId;
  return { actionId, chunk, actor, approver, offices, recordedAt, correlationId: correlation, causationId };
}
