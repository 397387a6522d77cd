import type { Db } from '../database/database.js';
import { Answer } from './answer.js';
import { idempotent, type KeyedRequest, type Keeping } from './idempotency.js';
import { etag } from './versions.js';

/** A record with its version as `ETag`, for the `If-Match` of the next change. */
export function shown<T extends { readonly version: number }>(record: T): Answer<T> {
  return new Answer(record, 200, etag(record.version));
}

/**
 * 201 with what `work` made, once for each key, in one transaction; with the `ETag` of a record that has a version.
 * @throws DomainError as `idempotent` and `work`
 */
export function created<T extends object, K = T>(
  db: Db,
  keyed: KeyedRequest,
  work: (tx: Db) => Promise<T>,
  keeping?: Keeping<T, K>,
): Promise<Answer<T>> {
  return done(201, db, keyed, work, keeping);
}

/**
 * 200 with what `work` left, once for each key, in one transaction; with the `ETag` of a record that has a version.
 * @throws DomainError as `idempotent` and `work`
 */
export function changed<T extends object, K = T>(
  db: Db,
  keyed: KeyedRequest,
  work: (tx: Db) => Promise<T>,
  keeping?: Keeping<T, K>,
): Promise<Answer<T>> {
  return done(200, db, keyed, work, keeping);
}

function done<T extends object, K>(
  status: number,
  db: Db,
  keyed: KeyedRequest,
  work: (tx: Db) => Promise<T>,
  keeping: Keeping<T, K> | undefined,
): Promise<Answer<T>> {
  return idempotent(
    db,
    keyed,
    async (tx) => {
      const body = await work(tx);
      return { status, body, headers: 'version' in body ? etag(Number(body.version)) : {} };
    },
    keeping,
  );
}
