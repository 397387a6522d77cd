import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { forbidden, unauthenticated, unavailable } from '../http/problem.js';
import { role, type Actor } from './actor.js';
import { KnownTokens } from './known-tokens.js';

const algorithms = ['RS256', 'ES256'];
const clockToleranceSeconds = 5;
const discoveryTimeoutMs = 5000;
const tokenCharactersMax = 8192;

const discoveryDocument = z.object({ issuer: z.string(), jwks_uri: z.url() });

const claims = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
  role,
  offices: z.array(z.string().min(1).max(40)).min(1).max(1000),
});

const msPerSecond = 1000;

/**
 * Verifies access tokens: the issuer's keys only, listed algorithms only, access token type, issuer, audience, expiry
 * (S10). Keys are fetched once and again when a token names an unknown one. What was verified is known for up to a minute.
 */
export class TokenVerifier {
  private readonly known = new KnownTokens();
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly audience: string,
  ) {}

  /**
   * Who a bearer token speaks for.
   * @throws DomainError 401 for a token that is not good, 403 for one without role and offices, 503 without the issuer
   */
  async actorOf(token: string): Promise<Actor> {
    const knownActor = this.known.actorOf(token);
    if (knownActor) return knownActor;
    const payload = await this.verify(token);
    const result = claims.safeParse(payload);
    if (!result.success)
      throw forbidden('The token names no role and offices that Recoup knows. Ask your administrator.', 'no-role');
    const { sub, name, role: actorRole, offices } = result.data;
    const actor = { user: sub, name: name ?? sub, role: actorRole, offices };
    this.known.keep(token, { actor, expiresAtMs: ((payload.exp ?? 0) + clockToleranceSeconds) * msPerSecond });
    return actor;
  }

  private async verify(token: string): Promise<JWTPayload> {
    if (token.length > tokenCharactersMax) throw unauthenticated('The token is too long.');
    try {
      const options = {
        issuer: this.issuer,
        audience: this.audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp'],
      };
      const { payload, protectedHeader } = await jwtVerify(token, await this.issuerKeys(), options);
      if (!isAccessToken(protectedHeader.typ)) throw unauthenticated('The token is not an access token.');
      return payload;
    } catch (error) {
      throw refusal(error);
    }
  }

  /** A failed discovery is forgotten, so that the next request tries again. */
  private issuerKeys(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const url = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(discoveryTimeoutMs), redirect: 'error' });
    const found = discoveryDocument.parse(await response.json());
    if (found.issuer !== this.issuer)
      throw new Error('The discovery document names another issuer than the configured one');
    return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: discoveryTimeoutMs });
  }
}

function isAccessToken(typ: string | undefined): boolean {
  return typ !== undefined && ['at+jwt', 'jwt'].includes(typ.toLowerCase().replace(/^application\//, ''));
}

/** What jose finds wrong with a token is a 401; anything else means that the issuer could not be asked. */
function refusal(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return unauthenticated('The token has expired. Sign in again.');
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return issuerUnavailable();
  if (error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC')
    return unauthenticated('The token is not valid here. Sign in again.');
  if (error instanceof Error && error.name === 'DomainError') return error;
  return issuerUnavailable();
}

function issuerUnavailable(): unknown {
  return unavailable('issuer-unavailable', 'The identity provider can not be reached just now.');
}
