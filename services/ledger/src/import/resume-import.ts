import { lockRun, moveRun, notFound, recordAudit, wrongState, type Actor, type Db } from '@recoup/service-kit';
import { readImport, type ImportView } from './read-import.js';

/**
 * Goes on with an import that was paused because a chunk failed again and again; what is booked stays booked.
 * @throws DomainError 404, 409 `not-paused`
 */
export async function resumeImport(tx: Db, actor: Actor, id: string): Promise<ImportView> {
  await readImport(tx, id, actor);
  const run = await lockRun(tx, id);
  if (!run) throw notFound('import');
  const moved = await moveRun(tx, run, 'resume');
  if (typeof moved === 'object')
    throw wrongState('not-paused', `The import is ${moved.status}; only a paused one can be resumed.`);
  await recordAudit(tx, { actor: actor.user, action: 'resume-import', entityType: 'import', entityId: id });
  return readImport(tx, id, actor);
}
