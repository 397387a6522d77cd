import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Role } from '../identity/actor.js';

/** Claims and flaws of a token for a test; what is left out is as a good token has it. */
export interface TokenSpec {
  readonly user?: string;
  readonly role?: Role | (string & {});
  readonly offices?: readonly string[];
  readonly name?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly typ?: string;
  /** Seconds from now; negative for an expired token. */
  readonly expiresInSeconds?: number;
  /** Signs with a key that the issuer does not publish. */
  readonly foreignKey?: boolean;
}

/** An OIDC issuer as far as services need one: discovery, keys, and tokens signed with them. */
export interface TestIssuer {
  readonly url: string;
  token(spec?: TokenSpec): Promise<string>;
  close(): Promise<void>;
}

/** Starts an issuer on a free loopback port. */
export async function testIssuer(): Promise<TestIssuer> {
  const own = await generateKeyPair('RS256');
  const foreign = await generateKeyPair('RS256');
  const jwk: JWK = { ...(await exportJWK(own.publicKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => {
    const documents: Record<string, object> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/jwks` },
      '/jwks': { keys: [jwk] },
    };
    const found = documents[request.url ?? ''];
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    token: (spec = {}) => sign(spec, url, spec.foreignKey ? foreign.privateKey : own.privateKey),
    close: () => closed(server),
  };
}

function sign(spec: TokenSpec, url: string, key: CryptoKey): Promise<string> {
  const role = spec.role ?? 'supervisor';
  const user = spec.user ?? role;
  const expires = Math.floor(Date.now() / 1000) + (spec.expiresInSeconds ?? 600);
  return new SignJWT({ role, offices: [...(spec.offices ?? ['*'])], name: spec.name ?? user })
    .setProtectedHeader({ alg: 'RS256', kid: 'test', typ: spec.typ ?? 'at+jwt' })
    .setSubject(user)
    .setIssuer(spec.issuer ?? url)
    .setAudience(spec.audience ?? 'recoup')
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(key);
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}
