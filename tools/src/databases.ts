import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { services, type Service } from './ports.js';
import { password } from './secrets.js';

/** What a service is given to reach its database: as itself, and as the owner for migrations. */
export interface DatabaseUrls {
  service: string;
  owner: string;
}

/** Every service's database name, and by prefix the names of its three roles. */
export function databaseOf(service: Service): string {
  return `recoup_${service}`;
}

/**
 * Creates each service's database with its roles and extensions, or completes what an earlier start began. The owner
 * migrates; the service reads and writes what migrations leave to it; the reader only reads (quality S21). Run by a superuser.
 */
export async function prepareDatabases(superuser: string, home: string): Promise<Record<Service, DatabaseUrls>> {
  await withClient(superuser, async (client) => {
    for (const service of services) {
      for (const role of rolesOf(service)) await ensureRole(client, role, password(home, role));
      await ensureDatabase(client, databaseOf(service));
    }
  });
  for (const service of services) {
    const url = new URL(superuser);
    url.pathname = `/${databaseOf(service)}`;
    await withClient(url.href, (client) => grant(client, databaseOf(service)));
  }
  const urls = (service: Service): DatabaseUrls => ({
    service: roleUrl(superuser, service, databaseOf(service), home),
    owner: roleUrl(superuser, service, `${databaseOf(service)}_owner`, home),
  });
  return {
    ledger: urls('ledger'),
    collections: urls('collections'),
    precollections: urls('precollections'),
    messaging: urls('messaging'),
  };
}

function rolesOf(service: Service): string[] {
  const name = databaseOf(service);
  return [`${name}_owner`, name, `${name}_reader`];
}

function roleUrl(superuser: string, service: Service, role: string, home: string): string {
  const url = new URL(superuser);
  url.username = role;
  url.password = password(home, role);
  url.pathname = `/${databaseOf(service)}`;
  return url.href;
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: Client, role: string, secret: string): Promise<void> {
  const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${escapeIdentifier(role)} LOGIN PASSWORD ${escapeLiteral(secret)}`);
}

async function ensureDatabase(client: Client, name: string): Promise<void> {
  const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (known.rowCount === 0) await client.query(`CREATE DATABASE ${name} OWNER ${name}_owner`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO ${name}, ${name}_reader`);
}

/**
 * Later tables may be read by default; what the service writes of them, migrations say. By an earlier default it could write
 * all of them, which is taken back here for what is still to come.
 */
async function grant(client: Client, name: string): Promise<void> {
  await client.query(`
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER SCHEMA public OWNER TO ${name}_owner;
    GRANT USAGE ON SCHEMA public TO ${name}, ${name}_reader;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_owner GRANT USAGE ON SCHEMAS TO ${name}, ${name}_reader;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_owner GRANT SELECT ON TABLES TO ${name}_reader;
    ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_owner GRANT SELECT ON TABLES TO ${name};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_owner REVOKE INSERT, UPDATE, DELETE ON TABLES FROM ${name};
    ALTER DEFAULT PRIVILEGES FOR ROLE ${name}_owner GRANT USAGE, SELECT ON SEQUENCES TO ${name};
  `);
}
