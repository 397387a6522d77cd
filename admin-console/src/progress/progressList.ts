import type { Progress } from '../bulk-actions/bulkAction.js';

/** Most actions that the tray keeps. */
const keptMax = 12;

/** The list with a newer message in it; a new action stands first, a known one stays where it is. */
export function merged(list: readonly Progress[], progress: Progress): readonly Progress[] {
  const known = list.some(({ id }) => id === progress.id);
  if (known) return list.map((each) => (each.id === progress.id ? progress : each));
  return [progress, ...list].slice(0, keptMax);
}
