import { MikroORM, type EntityManager, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import type { AnyEntity, EntitySchema, MigrationObject } from '@mikro-orm/core';
import { sql, type RawBuilder } from 'kysely';
import { TypeOverrides, type Pool } from 'pg';
import type { ServiceConfig } from '../config.js';
import { releaseLostConnections } from './lost-connections.js';
import { keepPlans } from './prepared.js';

export { sql } from 'kysely';
export type { RawBuilder } from 'kysely';

const planSecondsMax = 120;

/** A connection or an open transaction: whatever SQL can run on. */
export type Db = EntityManager;

/** A service's entities (edited reference data only) and its migrations, in the order in which they run. */
export interface DatabaseParts {
  readonly entities: EntitySchema<AnyEntity>[];
  readonly migrations: MigrationObject[];
}

/**
 * MikroORM's options for a service's database: entities listed one by one, migrations from compiled JavaScript.
 * Migrations run as the owner role, everything else as the service's own role (S21).
 */
export function databaseOptions(
  url: string,
  parts: DatabaseParts,
  poolMax: number,
  applicationName: string,
  poolWaitMs = 15_000,
): Options {
  return {
    clientUrl: url,
    entities: parts.entities,
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      migrationsList: parts.migrations,
      snapshot: false,
      silent: true,
      transactional: true,
      allOrNothing: true,
    },
    pool: { min: 0, max: poolMax },
    driverOptions: {
      types: typeParsers(),
      application_name: applicationName,
      keepAlive: true,
      // No wait for a free connection is endless: one that can't be had is told as "not now".
      connectionTimeoutMillis: poolWaitMs,
      // No plan of a prepared statement outlives what it was made for by more than this, even where nothing is analyzed.
      maxLifetimeSeconds: planSecondsMax,
      onPoolCreated: (pool: Pool) => {
        releaseLostConnections(pool);
        keepPlans(pool);
      },
    },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    implicitTransactions: true,
  };
}

/** Opens the service's database with its own role. */
export async function openDatabase(config: ServiceConfig, parts: DatabaseParts, name: string): Promise<MikroORM> {
  if (config.MIGRATION_DATABASE_URL) await migrate(config.MIGRATION_DATABASE_URL, parts);
  const orm = await MikroORM.init(databaseOptions(config.DATABASE_URL, parts, config.DATABASE_POOL_MAX, name));
  await requireVersion18(orm.em.fork());
  return orm;
}

/** Brings a database to the newest migration, as its owner. An advisory lock lets replicas start at once. */
export async function migrate(ownerUrl: string, parts: DatabaseParts): Promise<void> {
  const orm = await MikroORM.init(databaseOptions(ownerUrl, parts, 3, 'recoup-migrations'));
  try {
    await orm.em.fork().transactional(async (em) => {
      await sql`SELECT pg_advisory_xact_lock(hashtext('recoup-migrations'))`.execute(em.getKysely());
      await orm.migrator.up();
    });
  } finally {
    await orm.close(true);
  }
}

async function requireVersion18(db: Db): Promise<void> {
  const [{ version }] = (await rows<{ version: number }>(
    db,
    sql`SELECT current_setting('server_version_num')::int AS version`,
  )) as [{ version: number }];
  if (version < 180000) throw new Error(`PostgreSQL 18 or newer is needed (uuidv7); this server is version ${version}`);
}

/** All rows of a query, on the transaction that `db` is in, if any. */
export async function rows<T>(db: Db, query: RawBuilder<unknown>): Promise<T[]> {
  const result = await query.execute(db.getKysely<Record<string, never>>());
  return result.rows as T[];
}

/** The first row of a query, or undefined. */
export async function row<T>(db: Db, query: RawBuilder<unknown>): Promise<T | undefined> {
  return (await rows<T>(db, query))[0];
}

/** Runs a statement and tells how many rows it changed. */
export async function run(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  const result = await statement.execute(db.getKysely<Record<string, never>>());
  return Number(result.numAffectedRows ?? 0n);
}

/** Streams the rows of a query through a server-side cursor, so that no result is ever held whole. */
export async function* stream<T>(db: Db, query: RawBuilder<unknown>, batchRows = 2000): AsyncGenerator<T> {
  const kysely = db.getKysely<Record<string, never>>();
  const compiled = { ...query.compile(kysely), query: { kind: 'SelectQueryNode' as const } };
  for await (const result of kysely.getExecutor().stream(compiled, batchRows)) yield* result.rows as T[];
}

const serializationFailure = '40001';
const deadlockDetected = '40P01';
const attemptsMax = 5;

/**
 * Runs `work` in a transaction of its own and commits. What PostgreSQL asks to be tried again (serialization failure,
 * deadlock) is tried again up to five times, so `work` must have no effect outside the transaction.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.fork().transactional((tx) => work(tx));
    } catch (error) {
      if (attempt >= attemptsMax || !mayBeTriedAgain(error)) throw error;
    }
  }
}

/** PostgreSQL's five-letter code of an error, if it is one of the database's. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code;
  return 'cause' in error ? sqlState(error.cause) : undefined;
}

function mayBeTriedAgain(error: unknown): boolean {
  const state = sqlState(error);
  return state === serializationFailure || state === deadlockDetected;
}

/**
 * How column types arrive: bigint as a safe integer (minor units, counts, sequences), instants as ISO 8601 in UTC,
 * dates as `YYYY-MM-DD`, numeric as text. A bigint beyond 2^53 is refused rather than rounded.
 */
function typeParsers(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(20, safeInteger);
  types.setTypeParser(1082, (text) => text);
  types.setTypeParser(1184, (text) => new Date(text).toISOString());
  types.setTypeParser(1700, (text) => text);
  return types;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond what can be carried exactly`);
  return value;
}
