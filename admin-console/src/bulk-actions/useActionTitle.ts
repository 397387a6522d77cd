import { useText } from '../i18n/useText.js';
import type { BulkAction } from './bulkAction.js';

/** What an action is called; an undo by what it takes back. */
export function useActionTitle(): (action: Pick<BulkAction, 'type' | 'undoes'>) => string {
  const text = useText();
  return ({ type, undoes }) =>
    undoes
      ? text('bulkActions.undoOf', { action: text(`actions.types.${undoes.type}`) })
      : text(`actions.types.${type}`);
}
