import { createHash, randomBytes } from 'node:crypto';
import type { Constructor } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Migration } from '@mikro-orm/migrations';
import { Client } from 'pg';
import type { ServiceName } from '@recoup/contracts';
import { databaseOptions, migrate, type DatabaseParts } from '../database/database.js';

/** A database of a test's own: the service's URL, its owner's, the superuser's, and how to be rid of it. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  readonly ownerUrl: string;
  readonly readerUrl: string;
  readonly superUrl: string;
  drop(): Promise<void>;
}

const password = 'recoup-test';

/**
 * Clones the service's migrated template on the server of `RECOUP_TEST_POSTGRES_URL` (a superuser's URL); makes roles
 * and template first where they are missing. The template is named after the migrations' SQL, so that a changed
 * migration gets a new one.
 */
export async function createTestDatabase(parts: DatabaseParts, service: ServiceName): Promise<TestDatabase> {
  const server = serverUrl();
  const template = `recoup_template_${service}_${await migrationsHash(parts)}`;
  const name = `recoup_test_${service}_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, async (client) => {
    await client.query(`SELECT pg_advisory_lock(hashtext('recoup-test-template'))`);
    await ensureRoles(client, service);
    await ensureTemplate(client, server, template, parts, service);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER recoup_${service}_owner`);
  });
  return {
    name,
    url: urlOf(server, name, `recoup_${service}`),
    ownerUrl: urlOf(server, name, `recoup_${service}_owner`),
    readerUrl: urlOf(server, name, `recoup_${service}_reader`),
    superUrl: urlOf(server, name),
    drop: () =>
      asSuperuser(server, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

function serverUrl(): string {
  const url = process.env['RECOUP_TEST_POSTGRES_URL'];
  if (!url) throw new Error('RECOUP_TEST_POSTGRES_URL must be the URL of a superuser on a PostgreSQL 18 for tests');
  return url;
}

async function ensureRoles(client: Client, service: ServiceName): Promise<void> {
  for (const role of [`recoup_${service}_owner`, `recoup_${service}`, `recoup_${service}_reader`]) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  }
}

/** A template that was cut off while being made has no comment yet, and is made anew. */
async function ensureTemplate(
  client: Client,
  server: string,
  template: string,
  parts: DatabaseParts,
  service: ServiceName,
): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT 1 FROM pg_database WHERE datname = $1 AND shobj_description(oid, 'pg_database') = 'complete'`,
    [template],
  );
  if (rowCount === 1) return;
  await client.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${template} OWNER recoup_${service}_owner`);
  await asSuperuser(urlOf(server, template), async (inside) => {
    await inside.query('CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist;');
  });
  await migrate(urlOf(server, template, `recoup_${service}_owner`), parts);
  await client.query(`COMMENT ON DATABASE ${template} IS 'complete'`);
}

async function asSuperuser<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string, role?: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role;
    url.password = password;
  }
  return url.href;
}

/** The first 12 hex digits of the SHA-256 over every migration's name and statements. */
async function migrationsHash(parts: DatabaseParts): Promise<string> {
  const orm = new MikroORM(databaseOptions('postgresql://unused@127.0.0.1/unused', parts, 1, 'unused'));
  const driver = orm.em.getDriver();
  const hash = createHash('sha256');
  for (const { name, class: migration } of parts.migrations) {
    const instance = new (migration as Constructor<Migration>)(driver, orm.config);
    await instance.up();
    hash.update(JSON.stringify([name, instance.getQueries().map(String)]));
  }
  return hash.digest('hex').slice(0, 12);
}
