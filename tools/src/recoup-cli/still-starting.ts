import { DatabaseError } from 'pg';
import type { Service } from '../ports.js';

/** PostgreSQL's codes for a server that starts, and for what is not there: a database, a table, a column, a function, a grant. */
const unready = ['57P03', '3D000', '42P01', '42703', '42883', '42501'];

/**
 * An error of a service's database, said as what it is until the service has brought it up to date, which is the first thing
 * that it does: that it is still starting.
 */
export function stillStarting(service: Service, cause: unknown): unknown {
  if (!(cause instanceof DatabaseError && unready.includes(cause.code ?? ''))) return cause;
  const wait = 'Wait until "npm start" says that Recoup is ready, and try again.';
  return new Error(`The ${service} service is still starting: its database is not ready yet. ${wait}`, { cause });
}
