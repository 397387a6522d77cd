import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUrls } from './databases.js';
import { Failure } from './failure.js';
import { root } from './home.js';
import { consoleClientSecret } from './issuer/keys.js';
import type { Part } from './part.js';
import { services, type Ports, type Service } from './ports.js';
import { contactKeysFile, sessionKeyFile } from './secrets.js';
import { waitForHttp, waitForListener, type SupervisedPart } from './supervisor.js';

/** Everything the programs of one installation are told. */
export interface Installation {
  home: string;
  ports: Ports;
  databases: Record<Service, DatabaseUrls>;
  kafkaBrokers: string;
  issuerUrl: string;
  testClock: boolean;
}

const STOP_LIMIT_MS = 20_000;
const READY_LIMIT_MS = 120_000;

/** Variables of the launcher that must not leak into a part, where the same name means something else. */
const LAUNCHER_ONLY = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'PORT', 'HOST'];

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !LAUNCHER_ONLY.includes(name) && !name.startsWith('npm_')),
  );
}

/** A Node program of this repository; `modules` are tried in order and the first that was built is run. */
function nodePart(name: string, modules: string[], env: NodeJS.ProcessEnv): Part {
  const module = modules.find((candidate) => existsSync(join(root, candidate)));
  if (module === undefined) throw new Failure(`${modules[0]} is missing: the build did not bring it.`);
  return {
    name,
    command: process.execPath,
    args: ['--enable-source-maps', '--disable-warning=TimeoutNegativeWarning', module],
    cwd: root,
    env: { ...inherited(), HOST: '127.0.0.1', ...env },
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
  };
}

function origin(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Address at which the local issuer answers. */
export function issuerUrlOf(ports: Ports): string {
  return origin(ports.issuer);
}

/** The OIDC issuer of a local installation; it makes its own keys below `<home>/keys`. */
export function issuerPart(home: string, ports: Ports): SupervisedPart {
  const env = {
    PORT: String(ports.issuer),
    RECOUP_HOME: home,
    CONSOLE_URL: origin(ports.console),
    OIDC_CLIENT_SECRET_FILE: join(home, 'keys', 'console-client-secret'),
  };
  return {
    name: 'issuer',
    prepare: () => nodePart('issuer', ['tools/dist/issuer/main.js', 'tools/dist/issuer.js'], env),
    ready: (hasEnded) =>
      waitForHttp(`${origin(ports.issuer)}/.well-known/openid-configuration`, READY_LIMIT_MS, hasEnded),
  };
}

/** The far ends of messages: an SMTP server that keeps what it is sent, and a stand-in that speaks Twilio's API. */
export function messageEnds(home: string, ports: Ports): SupervisedPart[] {
  const end = (name: 'smtp-inbox' | 'twilio-stand-in'): SupervisedPart => ({
    name,
    prepare: () =>
      nodePart(name, [`tools/dist/${name}/main.js`, `tools/dist/${name}.js`], {
        PORT: String(ports[name]),
        RECOUP_HOME: home,
      }),
    ready: (hasEnded) => waitForListener(ports[name], READY_LIMIT_MS, hasEnded),
  });
  return [end('smtp-inbox'), end('twilio-stand-in')];
}

/** One of the four services, as itself in its own database. */
export function servicePart(service: Service, installation: Installation): SupervisedPart {
  const { home, ports, databases } = installation;
  const env: NodeJS.ProcessEnv = {
    PORT: String(ports[service]),
    DATABASE_URL: databases[service].service,
    MIGRATION_DATABASE_URL: databases[service].owner,
    KAFKA_BROKERS: installation.kafkaBrokers,
    OIDC_ISSUER: installation.issuerUrl,
    OIDC_AUDIENCE: process.env['OIDC_AUDIENCE'] ?? 'recoup',
    RECOUP_HOME: home,
    RECOUP_CONTACT_KEYS: process.env['RECOUP_CONTACT_KEYS'] ?? contactKeysFile(home),
    RECOUP_TEST_CLOCK: installation.testClock ? 'on' : 'off',
    RECOUP_INSTANCE: service,
    ...furtherEnvironment(service, installation),
  };
  return {
    name: service,
    prepare: () => nodePart(service, [`services/${service}/dist/main.js`], env),
    ready: (hasEnded) => waitForHttp(`${origin(ports[service])}/api/${service}/health/ready`, READY_LIMIT_MS, hasEnded),
  };
}

function furtherEnvironment(service: Service, { home, ports }: Installation): NodeJS.ProcessEnv {
  if (service === 'collections') {
    const agencies = process.env['RECOUP_AGENCIES_DIR'] ?? join(home, 'agencies');
    mkdirSync(agencies, { recursive: true });
    return { RECOUP_AGENCIES_DIR: agencies };
  }
  if (service === 'messaging') {
    return {
      SMTP_URL: process.env['SMTP_URL'] ?? `smtp://127.0.0.1:${ports['smtp-inbox']}`,
      TWILIO_API_URL: process.env['TWILIO_API_URL'] ?? origin(ports['twilio-stand-in']),
      PUBLIC_URL: process.env['PUBLIC_URL'] ?? origin(ports.console),
    };
  }
  return {};
}

/** The console's server, which also carries every API below `/api/<service>/`. */
export function consolePart({ home, ports, issuerUrl, testClock }: Installation): SupervisedPart {
  const prepare = (): Part =>
    nodePart('console', ['admin-console/server/dist/main.js'], {
      PORT: String(ports.console),
      ...Object.fromEntries(services.map((service) => [`${service.toUpperCase()}_URL`, origin(ports[service])])),
      OIDC_ISSUER: issuerUrl,
      OIDC_CLIENT_ID: process.env['OIDC_CLIENT_ID'] ?? 'recoup-console',
      OIDC_CLIENT_SECRET:
        process.env['OIDC_CLIENT_SECRET'] ?? consoleClientSecret(join(home, 'keys', 'console-client-secret')),
      CONSOLE_URL: process.env['CONSOLE_URL'] ?? origin(ports.console),
      SESSION_KEY_FILE: process.env['SESSION_KEY_FILE'] ?? sessionKeyFile(home),
      RECOUP_TEST_CLOCK: testClock ? 'on' : 'off',
    });
  return {
    name: 'console',
    prepare,
    ready: (hasEnded) => waitForHttp(`${origin(ports.console)}/health/ready`, READY_LIMIT_MS, hasEnded),
  };
}
