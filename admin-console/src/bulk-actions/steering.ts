import type { BulkActionPermission } from '@recoup/service-kit/identity/permissions';
import { isReversible, type BulkAction } from './bulkAction.js';

/** What is said of taking it back, before it is confirmed: the key of the words. */
export function undoWords(
  action: Pick<BulkAction, 'type' | 'warnings'>,
): 'canUndo' | 'cannotUndo' | 'changesBack' | 'changesNothing' {
  if (action.type === 'export') return 'changesNothing';
  if (action.type === 'undo') return 'changesBack';
  return isReversible(action) ? 'canUndo' : 'cannotUndo';
}

/** Whether this role may steer it: of an undo the action undone decides, and until that is known, nobody may (CON-16). */
export function maySteer(
  type: BulkAction['type'],
  undone: BulkAction['type'] | undefined,
  mayPreview: (type: BulkActionPermission) => boolean,
): boolean {
  const judged = type === 'undo' ? undone : type;
  return judged !== undefined && judged !== 'undo' && mayPreview(judged);
}
