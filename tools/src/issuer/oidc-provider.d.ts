/** The part of oidc-provider that the local issuer uses; the package ships no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export type StoredPayload = Record<string, unknown>;

  export interface Adapter {
    upsert(id: string, payload: StoredPayload, expiresIn?: number): Promise<void>;
    find(id: string): Promise<StoredPayload | undefined>;
    findByUid(uid: string): Promise<StoredPayload | undefined>;
    findByUserCode(userCode: string): Promise<StoredPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Client {
    clientId: string;
    grantTypeAllowed(type: string): boolean;
  }

  export interface IssuedToken {
    kind: string;
    accountId?: string;
    clientId?: string;
    iiat?: number;
    sessionUid?: string;
  }

  export interface Session {
    accountId?: string;
    loginTs?: number;
    grantIdFor(clientId: string): string | undefined;
    save(ttlSeconds: number): Promise<void>;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  /** The Koa context the configuration's functions are called with. */
  export interface Context {
    type: string;
    body: string;
    set(name: string, value: string): void;
    oidc: {
      provider: Provider;
      client: Client;
      session: Session;
      entities: { RefreshToken?: IssuedToken };
    };
  }

  export interface Interaction {
    uid: string;
    prompt: { name: string };
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string; remember: boolean } },
    ): Promise<void>;
    on(event: 'grant.success', listener: (context: Context) => void): this;
    on(event: 'server_error', listener: (context: Context, error: Error) => void): this;
    Grant: {
      new (fields: { accountId: string; clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    Session: { findByUid(uid: string): Promise<Session | undefined> };
  }

  export const errors: { SessionNotFound: new (...parameters: never[]) => Error };
}
