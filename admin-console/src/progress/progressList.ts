import { isFinished, progressOf, type BulkAction } from '../bulk-actions/bulkAction.js';

/** A bulk action as the stream last told of it, with the rate at which it goes. */
export interface Progress {
  action: BulkAction;
  /** When the counts last changed, in milliseconds; the rate is measured from there. */
  at: number;
  /** Accounts a second, smoothed; undefined until two states are known. */
  rate: number | undefined;
}

/** Most actions that the tray keeps. */
const keptMax = 12;
/** How much a new measurement counts against those before. */
const smoothing = 0.3;

/** The list with a newer state in it; a new action stands first, a known one stays where it is. */
export function merged(list: readonly Progress[], action: BulkAction, now: number): readonly Progress[] {
  const known = list.find((each) => each.action.id === action.id);
  const progress = known ? advanced(known, action, now) : { action, at: now, rate: undefined };
  if (known) return list.map((each) => (each === known ? progress : each));
  return [progress, ...list].slice(0, keptMax);
}

function advanced(before: Progress, action: BulkAction, now: number): Progress {
  const settled = progressOf(action.counts).settled - progressOf(before.action.counts).settled;
  if (isFinished(action.status) || action.status === 'paused' || settled < 0)
    return { action, at: now, rate: undefined };
  const seconds = (now - before.at) / 1000;
  if (settled === 0 || seconds <= 0) return { ...before, action };
  const measured = settled / seconds;
  const rate = before.rate === undefined ? measured : before.rate * (1 - smoothing) + measured * smoothing;
  return { action, at: now, rate };
}
