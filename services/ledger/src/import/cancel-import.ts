import {
  lockRun,
  moveRun,
  notFound,
  recordAudit,
  run,
  sql,
  wrongState,
  type Actor,
  type Db,
} from '@recoup/service-kit';
import { readImport, type ImportView } from './read-import.js';

/**
 * Ends an import for good, whether its file still comes, it is booked or it was paused: what is booked stays booked, the
 * rows that wait are dropped. A chunk under way is booked whole first, for its transaction holds the run.
 * @throws DomainError 404, 409 `already-ended`
 */
export async function cancelImport(tx: Db, actor: Actor, id: string): Promise<ImportView> {
  await readImport(tx, id, actor);
  const current = await lockRun(tx, id);
  if (!current) throw notFound('import');
  const moved = await moveRun(tx, current, 'cancel');
  if (typeof moved === 'object')
    throw wrongState('already-ended', `The import is ${moved.status}; it can't be cancelled any more.`);
  await run(tx, sql`DELETE FROM import_rows WHERE import_id = ${id}`);
  await recordAudit(tx, { actor: actor.user, action: 'cancel-import', entityType: 'import', entityId: id });
  return readImport(tx, id, actor);
}

/** Says that an import was cancelled while its file still came; nothing of it is booked. */
export function cancelledMeanwhile(): Error {
  return wrongState('import-cancelled', 'The import was cancelled while its file came. Nothing of it was booked.');
}
