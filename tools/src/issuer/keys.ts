import { createHmac, generateKeyPairSync, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import { join } from 'node:path';
import { readOrCreate } from '../secrets.js';

/** What must outlive a restart, or everybody would be signed out by it. */
export interface IssuerKeys {
  jwks: { keys: JsonWebKey[] };
  cookieKeys: string[];
}

/** Reads `<home>/keys/issuer.json`, or makes it: an RSA signing key and the keys that sign the issuer's cookies. */
export function issuerKeys(home: string): IssuerKeys {
  const path = join(home, 'keys', 'issuer.json');
  return JSON.parse(readOrCreate(path, () => JSON.stringify(newIssuerKeys(), null, 2))) as IssuerKeys;
}

function newIssuerKeys(): IssuerKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] };
}

/** The console client's secret, from the file the launcher names; made when the file does not exist yet. */
export function consoleClientSecret(path: string): string {
  return readOrCreate(path, () => randomBytes(32).toString('base64url'));
}

/**
 * The secret of the client `cli-<user>`. It is derived from one key in `<home>/keys/cli.key`, so that whoever may read
 * that file can have a token for any user, added later or not, and nobody else can.
 */
export function cliClientSecret(home: string, user: string): string {
  const key = readOrCreate(join(home, 'keys', 'cli.key'), () => randomBytes(32).toString('base64url'));
  return createHmac('sha256', key).update(`cli-${user}`).digest('base64url');
}
