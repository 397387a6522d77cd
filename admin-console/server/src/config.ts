import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Patience } from './patience.js';

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

/** The environment of the console server. `configSchema` is what the deployment files are checked against. */
export const configSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).default('127.0.0.1'),
  /** The origin that browsers use; on plain http only a loopback name, since the session cookie is not Secure there. */
  CONSOLE_URL: origin.refine(isSafeOrigin, 'must be https, or http on a loopback name such as 127.0.0.1'),
  LEDGER_URL: origin,
  COLLECTIONS_URL: origin,
  PRECOLLECTIONS_URL: origin,
  MESSAGING_URL: origin,
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }),
  OIDC_CLIENT_ID: z.string().min(1).default('recoup-console'),
  OIDC_CLIENT_SECRET: z.string().min(1),
  /** A file with 32 bytes in base64; every replica uses the same. */
  SESSION_KEY_FILE: z.string().min(1),
  /** A session ends after so many minutes without a request by its user … */
  SESSION_IDLE_MINUTES: z.coerce.number().positive().max(1_440).default(60),
  /** … and after so many hours in any case. */
  SESSION_MAXIMUM_HOURS: z.coerce.number().positive().max(24).default(12),
  /** So many seconds after a request an answer must have begun, else the service counts as hanging; … */
  ANSWER_WITHIN_SECONDS: z.coerce.number().positive().max(3_600).default(60),
  /** … and so many where all of the books are read or a file is made of them (`patience.ts`). */
  LONG_ANSWER_WITHIN_SECONDS: z.coerce.number().positive().max(3_600).default(120),
  /** `on` where the services have a clock that can be set: then, and only then, the app asks them what day it is. */
  RECOUP_TEST_CLOCK: z.enum(['on', 'off']).default('off'),
});

/** One frozen object: the environment as parsed, what follows from it, and the session key. */
export interface Config {
  port: number;
  host: string;
  consoleUrl: string;
  /** Whether the console is reached by https: cookies are then Secure and carry the `__Host-` prefix. */
  secure: boolean;
  /** Origin of each service by the name it has below `/api/`. */
  services: ReadonlyMap<string, string>;
  issuer: string;
  clientId: string;
  clientSecret: string;
  sessionKey: Uint8Array;
  idleSeconds: number;
  maximumSeconds: number;
  /** How long services may take to answer. */
  patience: Patience;
  /** Whether the services have a clock that can be set (`rulings`, 29). */
  testClock: boolean;
}

/** Parses the environment. Throws an error that names each variable and what is wrong with it, never its value. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = configSchema.safeParse(environment);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The console server's environment is not right:\n${problems.join('\n')}`);
  }
  const values = parsed.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    consoleUrl: values.CONSOLE_URL,
    secure: values.CONSOLE_URL.startsWith('https:'),
    services: new Map([
      ['ledger', values.LEDGER_URL],
      ['collections', values.COLLECTIONS_URL],
      ['precollections', values.PRECOLLECTIONS_URL],
      ['messaging', values.MESSAGING_URL],
    ]),
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID,
    clientSecret: values.OIDC_CLIENT_SECRET,
    sessionKey: readSessionKey(values.SESSION_KEY_FILE),
    idleSeconds: values.SESSION_IDLE_MINUTES * 60,
    maximumSeconds: values.SESSION_MAXIMUM_HOURS * 3_600,
    patience: {
      ordinaryMilliseconds: values.ANSWER_WITHIN_SECONDS * 1_000,
      longMilliseconds: values.LONG_ANSWER_WITHIN_SECONDS * 1_000,
    },
    testClock: values.RECOUP_TEST_CLOCK === 'on',
  });
}

function readSessionKey(path: string): Uint8Array {
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new Error('SESSION_KEY_FILE must name a file with 32 bytes in base64');
  return key;
}

function isSafeOrigin(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) || hostname.endsWith('.localhost');
}
