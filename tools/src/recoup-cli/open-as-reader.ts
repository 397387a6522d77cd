import { Client } from 'pg';
import { databaseOf } from '../databases.js';
import { homeFolder } from '../home.js';
import { portTable, type Service } from '../ports.js';
import { password } from '../secrets.js';
import { startFirst } from '../token.js';
import { stillStarting } from './still-starting.js';

/** Opens a service's database as its reader: of the local start, or on the server that DATABASE_URL names. */
export async function openAsReader(service: Service): Promise<Client> {
  const role = `${databaseOf(service)}_reader`;
  const url = new URL(
    process.env['DATABASE_URL'] || `postgres://127.0.0.1:${portTable(process.env['RECOUP_PORT']).postgres}`,
  );
  url.username = role;
  url.password = password(homeFolder(), role);
  url.pathname = `/${databaseOf(service)}`;
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
  } catch (cause) {
    const starting = stillStarting(service, cause);
    if (starting !== cause) throw starting;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The database of ${service} does not answer at ${url.host} (${reason}). ${startFirst}`, { cause });
  }
  return client;
}
