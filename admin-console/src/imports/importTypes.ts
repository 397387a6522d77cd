/** An import of the ledger; `booked + known + refused` reaches `rows` when it has ended (LED-60). */
export interface ImportRun {
  id: string;
  fileName: string;
  mapping: string;
  status: 'previewing' | 'preview' | 'running' | 'paused' | 'completed' | 'completed-with-failures' | 'cancelled';
  actor: string;
  bytes: number;
  counts: { rows: number; booked: number; known: number; refused: number; warnings: number };
  createdAt: string;
  finishedAt: string | null;
  lastError: string | null;
}

/** A row that was refused, or booked with a warning; the line is where the row starts. */
export interface Rejection {
  id: string;
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
  detail?: string | null;
  severity: 'refused' | 'warning';
}

export function isImportOver({ status }: ImportRun): boolean {
  return status === 'completed' || status === 'completed-with-failures' || status === 'cancelled';
}

export type ShownStatus = ImportRun['status'] | 'not-taken';

/**
 * An import that nobody stopped, but that ended before its file was taken whole, is none that was stopped. How many rows a file
 * has is known once it is whole; one that paused over a fault and was stopped then has both, rows and the fault.
 */
export function shownStatus({ status, counts, lastError }: ImportRun): ShownStatus {
  return status === 'cancelled' && counts.rows === 0 && lastError !== null ? 'not-taken' : status;
}

/** How much of the file has its result, 0 to 1; undefined while it is not known how many rows there are. */
export function importShare({ counts, status }: ImportRun): number | undefined {
  if (status === 'completed' || status === 'completed-with-failures') return 1;
  if (counts.rows === 0) return undefined;
  return Math.min(1, (counts.booked + counts.known + counts.refused) / counts.rows);
}
