import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { ZodObject } from 'zod';
import { root } from './home.js';
import { demoUsers } from './issuer/users.js';
import { services } from './ports.js';

interface ComposeService {
  command?: string;
  env_file?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  healthcheck?: { test: string[] };
}

interface Compose {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const programs = [...services, 'console'] as const;
type Program = (typeof programs)[number];

function composeService(name: string): ComposeService {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}

/** Variables of an env file: lines NAME=value, and comments. */
function variablesOf(path: string): Record<string, string> {
  const lines = read(path).split('\n');
  const pairs = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}

/** What the container is told, with a word in place of each secret. */
function environmentOf(program: Program): Record<string, string> {
  const { env_file: file = '', environment = {} } = composeService(program);
  const merged = { ...variablesOf(file), ...environment };
  return Object.fromEntries(
    Object.entries(merged).map(([name, value]) => [name, String(value).replace(/\$\{\w+:\?[^}]*\}/g, 'secret')]),
  );
}

async function schemaOf(program: Program): Promise<ZodObject> {
  const path = program === 'console' ? 'admin-console/server/dist/config.js' : `services/${program}/dist/config.js`;
  const module = (await import(pathToFileURL(join(root, path)).href)) as { configSchema: ZodObject };
  return module.configSchema;
}

/** A file as psql sends it: what `\ir` includes in its place, and values in place of names. */
function expanded(path: string, variables = new Map<string, string>()): string {
  const lines = read(path).split('\n');
  const sent = lines.map((line) => {
    const [command, name = '', ...values] = line.split(' ');
    if (command === '\\ir') return expanded(join(dirname(path), name), variables);
    if (command === '\\set')
      variables.set(
        name,
        values.map((value) => value.replace(/^:(\w+)/, (_, each: string) => variables.get(each) ?? '')).join(''),
      );
    return line.replaceAll(/:"(\w+)"/g, (_, each: string) => variables.get(each) ?? '');
  });
  return sent.join('\n');
}

describe.each(programs)('the environment of %s', (program) => {
  it('is what its configuration wants, in the compose file and in the example alone', async () => {
    const schema = await schemaOf(program);
    for (const environment of [environmentOf(program), variablesOf(`deploy/env/${program}.env.example`)]) {
      const result = schema.safeParse(environment);
      expect(result.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)).toBeUndefined();
      const unknown = Object.keys(environment).filter((name) => !(name in schema.shape));
      expect(unknown).toEqual([]);
    }
  });

  it('names secrets that the container is given', () => {
    const files = Object.values(environmentOf(program)).filter((value) => value.startsWith('/run/secrets/'));
    const given = (composeService(program).secrets ?? []).map((secret) => `/run/secrets/${secret}`);
    expect(files.toSorted()).toEqual(given.toSorted());
    for (const secret of composeService(program).secrets ?? []) expect(compose.secrets[secret]?.file).toBeDefined();
  });

  it('belongs to a program that is built, and is healthy where it listens', () => {
    const { command = '', healthcheck } = composeService(program);
    const source = command
      .replace(/^node /, '')
      .replace('/dist/', '/src/')
      .replace(/\.js$/, '.ts');
    expect(existsSync(join(root, source))).toBe(true);
    expect(healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${environmentOf(program)['PORT']}/`);
  });
});

describe('the compose file', () => {
  it('interpolates only secrets that make-secrets.sh makes', () => {
    const script = read('deploy/make-secrets.sh');
    const plain = /for name in ([A-Z_ ]+);/.exec(script)?.[1]?.split(' ') ?? [];
    const roles = /for role in ([A-Z ]+);/.exec(script)?.[1]?.split(' ') ?? [];
    const made = new Set([
      ...plain,
      ...services.flatMap((service) => roles.map((role) => `${service.toUpperCase()}_${role}`)),
    ]);
    const used = [...read('docker-compose.yml').matchAll(/\$\{RECOUP_(\w+)_PASSWORD:\?/g)].map(([, name = '']) => name);
    expect(used.length).toBeGreaterThan(12);
    expect(used.filter((name) => !made.has(name))).toEqual([]);
  });

  it('lets the console find every service where it listens', () => {
    for (const service of services) {
      const port = environmentOf(service)['PORT'];
      expect(environmentOf('console')[`${service.toUpperCase()}_URL`]).toBe(`http://${service}:${port}`);
    }
  });

  it('uses the databases and roles that databases.sql makes', () => {
    const sql = expanded('deploy/postgres/databases.sql');
    for (const service of services) {
      const { DATABASE_URL = '', MIGRATION_DATABASE_URL = '' } = environmentOf(service);
      for (const url of [new URL(DATABASE_URL), new URL(MIGRATION_DATABASE_URL)]) {
        expect(sql).toContain(`CREATE ROLE ${url.username} LOGIN`);
        expect(sql).toContain(`CREATE DATABASE ${url.pathname.slice(1)} `);
      }
    }
  });
});

describe('the privileges on tables to come', () => {
  it.each(['tools/src/databases.ts', 'deploy/postgres/service.psql'])('are to read, in %s', (path) => {
    const given = read(path).match(/ALTER DEFAULT PRIVILEGES .* GRANT .* ON TABLES/g) ?? [];
    expect(given.map((statement) => /GRANT (.*) ON TABLES/.exec(statement)?.[1])).toEqual(['SELECT', 'SELECT']);
  });
});

describe('the Keycloak realm', () => {
  interface Realm {
    clients: { clientId: string; redirectUris: string[] }[];
    clientScopes: { name: string; protocolMappers?: { config: Record<string, string> }[] }[];
    users: { username: string; attributes: { role: string[]; offices: string[] } }[];
  }
  const realm = JSON.parse(read('deploy/keycloak/recoup-realm.json')) as Realm;

  it('has the users of the local issuer, with their roles and offices', () => {
    const users = realm.users.map(({ username, attributes }) => [username, attributes.role[0], attributes.offices]);
    expect(users).toEqual(demoUsers.map(({ name, role, offices }) => [name, role, offices]));
  });

  it('sends the console back to where it is, with the claims that the services need', () => {
    const { CONSOLE_URL, OIDC_CLIENT_ID } = environmentOf('console');
    const client = realm.clients.find(({ clientId }) => clientId === OIDC_CLIENT_ID);
    expect(client?.redirectUris).toEqual([`${CONSOLE_URL}/auth/callback`]);
    const mappers = realm.clientScopes.find(({ name }) => name === 'recoup')?.protocolMappers ?? [];
    expect(mappers.map(({ config }) => config['claim.name']).filter(Boolean)).toEqual(['sub', 'role', 'offices']);
    expect(mappers[0]?.config['included.custom.audience']).toBe(environmentOf('ledger')['OIDC_AUDIENCE']);
  });
});
