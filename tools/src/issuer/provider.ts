import { Provider, type Client, type Context, type IssuedToken, type StoredPayload } from 'oidc-provider';
import { cliClientSecret, type IssuerKeys } from './keys.js';
import { errorPage, signedOutPage, signOutPage } from './pages.js';
import { storeAdapter, type Store } from './store.js';
import { findUser, type User } from './users.js';

/** The audience that the services require in a token. */
export const audience = 'recoup';

const resource = 'urn:recoup:api';
const cliPrefix = 'cli-';
const minute = 60;
const accessTokenSeconds = 10 * minute;
const idleSeconds = 60 * minute;
const absoluteSeconds = 12 * 60 * minute;
const cliTokenSeconds = 2 * 60 * minute;

export interface ProviderSettings {
  url: string;
  home: string;
  consoleUrl: string;
  consoleClientSecret: string;
  keys: IssuerKeys;
  store: Store;
}

/**
 * The OpenID provider of a local installation. Access tokens are JWTs (RS256, `at+jwt`, audience `recoup`) with the
 * claims `role`, `offices` and `name`. The console signs people in by code flow with PKCE; `cli-<user>` clients get a
 * user's token by client credentials.
 */
export function createProvider(settings: ProviderSettings): Provider {
  const { home, store, keys } = settings;
  const findClient = (clientId: string): StoredPayload | undefined => cliClient(home, clientId);
  const provider = new Provider(settings.url, {
    adapter: (model: string) => storeAdapter(store, model, findClient),
    clients: [consoleClient(settings)],
    jwks: keys.jwks,
    cookies: { keys: keys.cookieKeys },
    claims: { openid: ['sub'], profile: ['name', 'role', 'offices'] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile'],
    findAccount: (_context: Context, subject: string) => account(findUser(home, subject)),
    extraTokenClaims: (_context: Context, token: IssuedToken) => tokenClaims(findUser(home, userOfToken(token))),
    formats: { customizers: { jwt: nameTheUser } },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_context: Context, client: Client, token: IssuedToken) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: resourceServer,
      },
    },
    clientBasedCORS: () => false,
    pkce: { required: () => true },
    interactions: { url: (_context: Context, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    issueRefreshToken: (_context: Context, client: Client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    loadExistingGrant: grantOfFirstParty,
    renderError: errorPage,
    ttl: timesToLive,
  });
  provider.on('grant.success', (context) => void keepSessionAlive(provider, context).catch(() => undefined));
  return provider;
}

const timesToLive = {
  AccessToken: accessTokenSeconds,
  AuthorizationCode: minute,
  ClientCredentials: cliTokenSeconds,
  Grant: absoluteSeconds,
  IdToken: absoluteSeconds,
  Interaction: 30 * minute,
  RefreshToken: (_context: Context, token: IssuedToken) => idleWithin(token.iiat),
  Session: (_context: Context, session: { loginTs?: number }) => idleWithin(session.loginTs),
};

/** Seconds a session or refresh token may lie idle: 60 minutes, but never past 12 hours from its beginning. */
function idleWithin(startedAtSeconds: number | undefined): number {
  const now = Math.floor(Date.now() / 1000);
  const left = (startedAtSeconds ?? now) + absoluteSeconds - now;
  return Math.max(1, Math.min(idleSeconds, left));
}

/** The console refreshes while somebody works in it: that is the activity that keeps the issuer's session alive. */
async function keepSessionAlive(provider: Provider, context: Context): Promise<void> {
  const uid = context.oidc.entities.RefreshToken?.sessionUid;
  const session = uid === undefined ? undefined : await provider.Session.findByUid(uid);
  await session?.save(idleWithin(session.loginTs));
}

function consoleClient({ consoleUrl, consoleClientSecret }: ProviderSettings): StoredPayload {
  return {
    client_id: 'recoup-console',
    client_name: 'Recoup',
    client_secret: consoleClientSecret,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${consoleUrl}/auth/callback`],
    post_logout_redirect_uris: [`${consoleUrl}/`],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

function cliClient(home: string, clientId: string): StoredPayload | undefined {
  if (!clientId.startsWith(cliPrefix)) return undefined;
  const user = clientId.slice(cliPrefix.length);
  if (findUser(home, user) === undefined) return undefined;
  return {
    client_id: clientId,
    client_secret: cliClientSecret(home, user),
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

function account(user: User | undefined) {
  if (user === undefined) return undefined;
  return { accountId: user.name, claims: () => ({ sub: user.name, ...tokenClaims(user) }) };
}

function tokenClaims(user: User | undefined) {
  return user === undefined ? undefined : { role: user.role, offices: user.offices, name: user.displayName };
}

function userOfToken(token: IssuedToken): string {
  return token.accountId ?? token.clientId?.slice(cliPrefix.length) ?? '';
}

/** A `cli-<user>` token speaks for the user, so that an approval by the maker himself is noticed whatever his token. */
function nameTheUser(_context: Context, token: IssuedToken, jwt: { payload: StoredPayload }): void {
  jwt.payload['sub'] = userOfToken(token);
}

function resourceServer() {
  return { scope: '', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
}

/** The console is part of the product: whoever signs in to it is not asked for consent. */
async function grantOfFirstParty(context: Context) {
  const { provider, client, session } = context.oidc;
  const existing = session.grantIdFor(client.clientId);
  const found = existing === undefined ? undefined : await provider.Grant.find(existing);
  if (found !== undefined) return found;
  if (session.accountId === undefined) return undefined;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}
