import type { BulkActionPermission } from '@recoup/service-kit/identity/permissions';

export const bulkActionStatuses = [
  'previewing',
  'preview',
  'awaiting-approval',
  'running',
  'paused',
  'completed',
  'completed-with-failures',
  'cancelled',
] as const;
export type BulkActionStatus = (typeof bulkActionStatuses)[number];

export interface Counts {
  selected: number;
  eligible: number;
  skipped: number;
  done: number;
  failed: number;
}

/** One line of an action's totals: amounts in minor units of the currency; today's beside those of the date. */
export interface BulkActionTotal {
  currency: string;
  /** Of a line of the totals by office. */
  officeCode?: string;
  accounts: number;
  asOfBalance: number;
  currentBalance: number;
  amount: number;
}

/** An action as its undo names it; amounts are those of what was done. */
export interface UndoneAction {
  id: string;
  type: BulkActionPermission;
  parameters: Record<string, unknown>;
  actor: string;
  startedAt: string | null;
  done: number;
  totals: BulkActionTotal[];
}

/** An undo as the action that it takes back names it: where it stands, and how many accounts it has taken back. */
export interface UndoStanding {
  id: string;
  status: BulkActionStatus;
  done: number;
}

/** A bulk action as the service shows it. */
export interface BulkAction {
  id: string;
  type: BulkActionPermission | 'undo';
  status: BulkActionStatus;
  parameters: Record<string, unknown>;
  hash: string | null;
  asOf: string | null;
  actor: string;
  approver?: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  counts: Counts;
  /** By currency: as previewed until it has ended, then what was done. */
  totals: BulkActionTotal[];
  /** The same by currency and office, in this order. */
  officeTotals: BulkActionTotal[];
  /** By currency, as previewed. */
  previewedTotals: BulkActionTotal[];
  /** How many accounts are left out at the preview, by reason. */
  reasons: Record<string, number>;
  warnings: string[];
  undoOf: string | null;
  /** Of an undo what it takes back. */
  undoes: UndoneAction | null;
  /** Its undos, newest first. */
  undoneBy: UndoStanding[];
  /** Why it ended early, in the service's or a person's words. */
  problem?: string | null;
}

/** The warning of an action whose effect leaves the house. */
export const notUndoable = 'not-undoable';

export type ItemStatus = 'pending' | 'done' | 'skipped' | 'failed';
export const itemStatuses: readonly ItemStatus[] = ['pending', 'done', 'skipped', 'failed'];

/** One account of a bulk action; `before` and `after` are what the action changes, by its kind. */
export interface BulkActionItem {
  id: string;
  accountId: string;
  accountNumber: string;
  currency: string;
  officeCode: string;
  name?: string | null;
  asOfBalance: number | null;
  /** The effect as promised by the preview; `amount` is what came of it. */
  previewedAmount?: number | null;
  currentAmount?: number | null;
  amount: number | null;
  status: ItemStatus;
  reason: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Whether a person's word is still waited for. */
export function awaitsConfirmation(status: BulkActionStatus): boolean {
  return status === 'preview' || status === 'awaiting-approval';
}

/** Whether something still happens by itself. */
export function isLive(status: BulkActionStatus): boolean {
  return status === 'previewing' || status === 'running' || status === 'paused';
}

/** Whether an undo can be asked for: something was done, and it can be taken back. */
export function isUndoable(action: BulkAction): boolean {
  return isFinished(action.status) && action.counts.done > 0 && isReversible(action);
}

/** Whether an undo of it was begun and not cancelled, so that another would find nothing to do. */
export function hasUndo({ undoneBy }: Pick<BulkAction, 'undoneBy'>): boolean {
  return undoneBy.some(({ status }) => status !== 'cancelled');
}

/** How much of it was taken back, or that it is being; undefined while it stands as it was done. */
export function takenBack({
  counts,
  undoneBy,
}: Pick<BulkAction, 'counts' | 'undoneBy'>): 'all' | 'part' | 'running' | undefined {
  if (undoneBy.some(({ status }) => status === 'running' || status === 'paused')) return 'running';
  const back = undoneBy.reduce((sum, { done }) => sum + done, 0);
  if (back === 0) return undefined;
  return back < counts.done ? 'part' : 'all';
}

/** Whether what it does can be taken back: it changes something, and that stays within the house. */
export function isReversible({ type, warnings }: Pick<BulkAction, 'type' | 'warnings'>): boolean {
  return type !== 'undo' && type !== 'export' && !warnings.includes(notUndoable);
}

/** The account's amount of today beside the previewed one; once all has ended, what came of it (BLK-1). */
export function amountNow({ amount, currentAmount }: BulkActionItem, finished: boolean): number | null {
  return finished ? amount : (currentAmount ?? amount);
}

export function isFinished(status: BulkActionStatus): boolean {
  return status === 'completed' || status === 'completed-with-failures' || status === 'cancelled';
}

/** What is said of an action: what it is to do, to all who are eligible; once it has ended, what it did, and to how many of them. */
export function sayingOf({ status, counts, totals, previewedTotals }: BulkAction): {
  words: 'words' | 'done';
  count: number;
  of: number;
  totals: readonly BulkActionTotal[];
} {
  return isFinished(status)
    ? { words: 'done', count: counts.done, of: counts.eligible, totals }
    : { words: 'words', count: counts.eligible, of: counts.eligible, totals: previewedTotals };
}

/** What a small screen has room for: what was done always, what was skipped or failed where something was. */
export function countsToTell(counts: Counts): ('done' | 'skipped' | 'failed')[] {
  return (['done', 'skipped', 'failed'] as const).filter((key) => key === 'done' || counts[key] > 0);
}

/** How many accounts have their result, of how many that will get one. */
export function progressOf({ eligible, done, failed, skipped, selected }: Counts): {
  settled: number;
  all: number;
  share: number;
} {
  // What was skipped at the preview is neither to be done nor done; what was skipped later is settled.
  const skippedAtPreview = Math.max(0, selected - eligible);
  const settled = done + failed + Math.max(0, skipped - skippedAtPreview);
  return {
    settled: Math.min(settled, eligible),
    all: eligible,
    share: eligible === 0 ? 1 : Math.min(1, settled / eligible),
  };
}

/** Time left in milliseconds at the present rate; undefined when there is none. */
export function timeLeft(counts: Counts, rate: number | null | undefined): number | undefined {
  if (!rate || rate <= 0) return undefined;
  const { settled, all } = progressOf(counts);
  return ((all - settled) / rate) * 1000;
}

/** The heading over amounts of what was done. */
export type EffectHeading = 'bulkActions.sent' | 'bulkActions.booked';

/** What an action does with its amounts: nothing is booked by what only goes into a file. */
export function effectOf({ type }: Pick<BulkAction, 'type'>): EffectHeading {
  return type === 'send-to-arm' || type === 'placement-file' ? 'bulkActions.sent' : 'bulkActions.booked';
}
