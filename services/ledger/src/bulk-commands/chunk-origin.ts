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
