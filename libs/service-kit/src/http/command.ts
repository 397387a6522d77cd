import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomUUID } from 'node:crypto';

/** What a request asks for: whatever it books carries its id, and its running number within it (LED-2). */
export interface Command {
  readonly id: string;
  /** 0 for the first thing that is booked, then 1, and so on. */
  nextPart(): number;
}

const storage = new AsyncLocalStorage<Command>();

/** The command that is being carried out; undefined outside of any request that changes something. */
export function currentCommand(): Command | undefined {
  return storage.getStore();
}

/**
 * Carries a request out as a command. Its id follows from actor and key, so that the database refuses what a repetition would
 * book again, and tells neither: a key is the caller's own text, and what is booked is kept for ever. A request without key
 * is a command of its own. No other command's id has such a beginning.
 */
export function asCommand<T>(request: { readonly actor: string; readonly key?: string | undefined }, work: () => T): T {
  let parts = 0;
  const id = request.key === undefined ? randomUUID() : uuidOf([request.actor, request.key]);
  return storage.run({ id: `request:${id}`, nextPart: () => parts++ }, work);
}

/** A UUID of the kind that is made of other things, version 8. */
function uuidOf(parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
