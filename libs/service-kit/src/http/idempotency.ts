import { createHash } from 'node:crypto';
import { row, run, sql, transaction, type Db } from '../database/database.js';
import { prepared } from '../database/prepared.js';
import { Answer } from './answer.js';
import { asCommand, commandOfRequest } from './command.js';
import { againstRule } from './problem.js';

/** Table behind `Idempotency-Key`; every service has it. Rows are kept: a key of money never has a second effect (S7). */
export const idempotencyTablesSql = `
CREATE TABLE idempotency_keys (
  actor text NOT NULL,
  key text NOT NULL,
  input_hash bytea NOT NULL,
  method_path text NOT NULL,
  status int,
  response jsonb,
  headers jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (actor, key)
)`;

/** The request that a key stands for. `input` is the checked body; `path` carries the query string too. */
export interface KeyedRequest {
  readonly actor: string;
  readonly key?: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly input: unknown;
}

/** What the work of a request answers. */
export interface Outcome<T> {
  readonly status: number;
  readonly body: T;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a body is kept that must not lie in the table in clear, such as one with contact data (S16). */
export interface Keeping<T, K> {
  seal(body: T): K;
  open(kept: K): T;
}

interface StoredAnswer<K> {
  readonly input_hash: Buffer;
  readonly status: number;
  readonly response: K;
  readonly headers: Record<string, string>;
}

/**
 * Runs `work` so that a key has one effect: key, effect and answer commit in one transaction. The same key with the
 * same input gets the stored answer with `Idempotency-Hit: true`; racers wait for the first. Without a key it is just
 * a transaction. `work` is carried out as the request's command. A refused request stores nothing and may be tried again.
 * The body is stored as it is, unless `keeping` says otherwise.
 * @throws DomainError 422 `idempotency-key-reused` for the same key with other input
 */
export async function idempotent<T, K = T>(
  db: Db,
  request: KeyedRequest,
  work: (tx: Db) => Promise<Outcome<T>>,
  keeping?: Keeping<T, K>,
): Promise<Answer<T>> {
  return transaction(db, async (tx) => {
    if (request.key !== undefined && !(await claim(tx, request)))
      return keeping ? opened(await repeat<K>(tx, request), keeping) : repeat<T>(tx, request);
    const outcome = await asCommand(commandOfRequest(request), () => work(tx));
    if (request.key !== undefined)
      await remember(tx, request, outcome, keeping ? keeping.seal(outcome.body) : outcome.body);
    return new Answer(outcome.body, outcome.status, outcome.headers ?? {});
  });
}

function opened<T, K>({ body, status, headers }: Answer<K>, keeping: Keeping<T, K>): Answer<T> {
  return new Answer(keeping.open(body), status, headers);
}

/** False when the key is taken. A racer's INSERT waits here until the first has committed or given up. */
async function claim(tx: Db, request: KeyedRequest): Promise<boolean> {
  const inserted = await run(
    tx,
    prepared`INSERT INTO idempotency_keys (actor, key, input_hash, method_path)
        VALUES (${request.actor}, ${request.key}, ${inputHash(request)}, ${`${request.method} ${request.path}`})
        ON CONFLICT (actor, key) DO NOTHING`,
  );
  return inserted === 1;
}

async function repeat<T>(tx: Db, request: KeyedRequest): Promise<Answer<T>> {
  const stored = await row<StoredAnswer<T>>(
    tx,
    sql`SELECT input_hash, status, response, headers FROM idempotency_keys
        WHERE actor = ${request.actor} AND key = ${request.key}`,
  );
  if (!stored?.input_hash.equals(inputHash(request)))
    throw againstRule(
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request. Use a new key for new input.',
    );
  return new Answer(stored.response, stored.status, { ...stored.headers, 'Idempotency-Hit': 'true' });
}

async function remember(tx: Db, request: KeyedRequest, outcome: Outcome<unknown>, kept: unknown): Promise<void> {
  await run(
    tx,
    prepared`UPDATE idempotency_keys
        SET status = ${outcome.status}, response = ${JSON.stringify(kept ?? null)}::jsonb,
            headers = ${JSON.stringify(outcome.headers ?? {})}::jsonb
        WHERE actor = ${request.actor} AND key = ${request.key}`,
  );
}

function inputHash(request: KeyedRequest): Buffer {
  const input = JSON.stringify([request.method, request.path, sorted(request.input)]);
  return createHash('sha256').update(input).digest();
}

/** The same value with the members of every object in order, so that their order in the request does not matter. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}
