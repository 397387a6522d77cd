import { sqlState } from '../database/database.js';

/** States by which PostgreSQL says: not now. Connections (08), shutdown and start (57P), resources (53), try again (40…). */
const passingStates = /^(08...|57P..|53...|40001|40P01)$/;

/** Codes of Node's sockets when the other end can't be reached. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** What the driver says, without a code, when its connection ended or none could be had. */
const driverTexts =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed and is not queryable|timeout expired/;

/**
 * Whether a failure passes by itself: the database can't be reached, is starting or stopping, or asks for another try. It
 * looks at codes and at the driver's own words only, so that a handler's failure is never taken for one; and at an error's
 * members, not at its class, which is another one for what Node throws into a context of its own.
 */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined && passingStates.test(state)) return true;
  for (let each = membersOf(error), depth = 0; each && depth < 5; each = membersOf(each.cause), depth += 1) {
    if (typeof each.code === 'string' && socketCodes.has(each.code)) return true;
    if (typeof each.message === 'string' && driverTexts.test(each.message)) return true;
    if (each.name === 'AggregateError' && Array.isArray(each.errors) && each.errors.some(isTransient)) return true;
  }
  return false;
}

type Members = Partial<Record<'name' | 'message' | 'code' | 'cause' | 'errors', unknown>>;

function membersOf(error: unknown): Members | undefined {
  return typeof error === 'object' && error !== null ? error : undefined;
}
