import { againstRule } from '@recoup/service-kit';
import type { BulkAction } from './action.js';
import { Export } from './export.js';
import { Flags } from './flags.js';
import { SendToArm } from './send-to-arm.js';
import { UpdateStage } from './update-stage.js';
import { WriteOff } from './write-off.js';

/** Every bulk action there is, in the order in which the console offers them. */
export const bulkActions: readonly BulkAction[] = [
  new Flags(),
  new UpdateStage(),
  new WriteOff(),
  new SendToArm(),
  new Export(),
];

/**
 * The action of a type.
 * @throws DomainError 422 `unknown-action` that lists the types
 */
export function bulkActionOf(type: string): BulkAction {
  const found = bulkActions.find((action) => action.type === type);
  if (found) return found;
  const types = bulkActions.map((action) => action.type).join(' | ');
  const message =
    type === 'undo'
      ? 'An undo is asked for at the action itself, by POST to its undo.'
      : `There is no bulk action ${type}.`;
  throw againstRule('unknown-action', message, [{ field: 'type', message: 'is not a bulk action', expected: types }]);
}
