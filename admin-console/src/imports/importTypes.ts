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

/** What is wrong with a row, or doubtful; the line is where the row starts. `outcome` is what became of the row, once that is known. */
export interface Rejection {
  id: string;
  line: number;
  column: string | null;
  value: string | null;
  reason: string;
  detail?: string | null;
  severity: 'refused' | 'warning';
  outcome?: 'booked' | 'unchanged' | 'refused' | null;
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

export type ShownOutcome = 'refused' | 'booked' | 'unchanged' | 'refusedOtherwise' | 'notYet' | 'notBooked' | 'warning';

/**
 * What is true of the row beside which something stands. Of a warning that waits nothing became yet, or never will where the import
 * was stopped; of imports of long ago it isn't known.
 */
export function shownOutcome({ severity, outcome }: Rejection, status: ImportRun['status']): ShownOutcome {
  if (severity === 'refused') return 'refused';
  if (outcome) return outcome === 'refused' ? 'refusedOtherwise' : outcome;
  if (status === 'cancelled') return 'notBooked';
  return status === 'completed' || status === 'completed-with-failures' ? 'warning' : 'notYet';
}

/** How much of the file has its result, 0 to 1; undefined while it is not known how many rows there are. */
export function importShare({ counts, status }: ImportRun): number | undefined {
  if (status === 'completed' || status === 'completed-with-failures') return 1;
  if (counts.rows === 0) return undefined;
  return Math.min(1, (counts.booked + counts.known + counts.refused) / counts.rows);
}
