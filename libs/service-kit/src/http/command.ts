import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomUUID } from 'node:crypto';

/** What a request or a message asks for: whatever it books carries its id, and its running number within it (LED-2). */
export interface Command {
  readonly id: string;
  /** 0 for the first thing that is booked, then 1, and so on. */
  nextPart(): number;
}

const storage = new AsyncLocalStorage<Command>();

/** The command that is being carried out, if any. */
export function currentCommand(): Command | undefined {
  return storage.getStore();
}

/**
 * Carries out a command: whatever `work` books carries its id and is numbered from 0, or from `firstPart`, so that the
 * database refuses what the same command would book again. Ids of commands that aren't bulk actions say what they are before a
 * colon, by which no bulk action's id is one of theirs.
 */
export function asCommand<T>(id: string, work: () => T, firstPart = 0): T {
  let parts = firstPart;
  return storage.run({ id, nextPart: () => parts++ }, work);
}

/**
 * The id of a request as a command. It follows from actor and key and tells neither: a key is the caller's own text, and what is
 * booked is kept for ever. A request without key is a command of its own.
 */
export function commandOfRequest({
  actor,
  key,
}: {
  readonly actor: string;
  readonly key?: string | undefined;
}): string {
  return `request:${key === undefined ? randomUUID() : uuidOf([actor, key])}`;
}

/** A UUID of the kind that is made of other things, version 8. */
function uuidOf(parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
