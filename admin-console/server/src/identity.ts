import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import * as oidc from 'openid-client';
import type { Config } from './config.js';
import type { Session } from './session.js';

/** What must be remembered between leaving for the issuer and coming back. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  verifier: string;
  returnTo: string;
}

/** The issuer refused to renew: the session is over (signed out elsewhere, or expired there). */
export class RenewalRefused extends Error {}

/** The OpenID Connect client of the console: code flow with PKCE, state and nonce (CON-1). */
export class Identity {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(private readonly config: Config) {}

  /** The issuer's metadata, fetched once; a failure is not kept, so that the next request tries again. */
  discover(): Promise<oidc.Configuration> {
    if (this.discovered === undefined) {
      const { issuer, clientId, clientSecret } = this.config;
      // Plain http is for a local issuer; production names one by https and this list stays empty.
      const execute = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
      const authentication = oidc.ClientSecretBasic(clientSecret);
      this.discovered = oidc.discovery(new URL(issuer), clientId, undefined, authentication, { execute, timeout: 10 });
      this.discovered.catch(() => (this.discovered = undefined));
    }
    return this.discovered;
  }

  async begin(returnTo: string): Promise<{ attempt: SignInAttempt; url: URL }> {
    const configuration = await this.discover();
    const verifier = oidc.randomPKCECodeVerifier();
    const attempt = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, returnTo };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.config.consoleUrl}/auth/callback`,
      scope: 'openid profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { attempt, url };
  }

  /** Exchanges the code that came back in `url` for a new session. Throws when anything about it is not right. */
  async finish(url: URL, attempt: SignInAttempt): Promise<Session> {
    const tokens = await oidc.authorizationCodeGrant(await this.discover(), url, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    const now = Date.now();
    return {
      id: randomUUID(),
      ...identityIn(tokens.access_token),
      ...tokensOf(tokens),
      startedAt: now,
      seenAt: now,
      renewals: 0,
    };
  }

  /** The session with new tokens. Throws RenewalRefused when the issuer says no, another error when it can't be asked. */
  async renew(session: Session): Promise<Session> {
    if (session.refreshToken === undefined) throw new RenewalRefused();
    try {
      const tokens = await oidc.refreshTokenGrant(await this.discover(), session.refreshToken);
      const identity = identityIn(tokens.access_token);
      return { ...session, ...identity, ...tokensOf(tokens), renewals: session.renewals + 1 };
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError) throw new RenewalRefused();
      throw error;
    }
  }

  /** Revokes the refresh token and returns where the browser must go to end the issuer's own session. */
  async end(session: Session): Promise<URL> {
    const configuration = await this.discover();
    const endSession = oidc.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.config.consoleUrl}/`,
      ...(session.idToken === undefined ? {} : { id_token_hint: session.idToken }),
    });
    if (session.refreshToken !== undefined) await oidc.tokenRevocation(configuration, session.refreshToken);
    return endSession;
  }
}

type Tokens = Awaited<ReturnType<typeof oidc.refreshTokenGrant>>;

function tokensOf(tokens: Tokens) {
  return {
    accessToken: tokens.access_token,
    accessTokenEndsAt: Date.now() + (tokens.expiresIn() ?? 60) * 1000,
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
    ...(tokens.id_token === undefined ? {} : { idToken: tokens.id_token }),
  };
}

/**
 * Who the access token speaks for. It is read, not verified: it came straight from the issuer, and each service
 * verifies it. What the console shows is thereby what the services see.
 */
function identityIn(accessToken: string) {
  const claims = decodeJwt(accessToken);
  const offices = claims['offices'];
  return {
    user: claims.sub ?? '',
    name: typeof claims['name'] === 'string' ? claims['name'] : (claims.sub ?? ''),
    role: typeof claims['role'] === 'string' ? claims['role'] : '',
    offices: Array.isArray(offices) ? offices.filter((office) => typeof office === 'string') : [],
  };
}
