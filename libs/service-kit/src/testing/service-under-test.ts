import type { DynamicModule, Type } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServiceName } from '@recoup/contracts';
import { databaseOptions, type DatabaseParts } from '../database/database.js';
import { createHttp, type ServeOptions } from '../http/serve.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testConfig } from './test-config.js';
import { testIssuer, type TestIssuer, type TokenSpec } from './test-issuer.js';

/** A service's HTTP side on a database and an issuer of its own. */
export interface ServiceUnderTest {
  readonly app: NestExpressApplication;
  readonly orm: MikroORM;
  readonly database: TestDatabase;
  readonly issuer: TestIssuer;
  /** The value of an Authorization header. */
  bearer(spec?: TokenSpec): Promise<string>;
  stop(): Promise<void>;
}

export interface ServiceUnderTestOptions {
  readonly service: ServiceName;
  readonly module: Type | DynamicModule;
  readonly parts: DatabaseParts;
  /** How many connections there are, and how long a request may wait for one; as a service has them unless told. */
  readonly pool?: { readonly max: number; readonly waitMs: number };
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly kit?: Partial<Pick<ServeOptions, 'indicators' | 'onClockSet' | 'logTo'>>;
}

/** Starts a service's HTTP side for an integration test; `supertest(app.getHttpServer())` talks to it. */
export async function serviceUnderTest({
  service,
  module,
  parts,
  pool,
  env,
  kit,
}: ServiceUnderTestOptions): Promise<ServiceUnderTest> {
  const database = await createTestDatabase(parts, service);
  const issuer = await testIssuer();
  const config = testConfig({ databaseUrl: database.url, issuer: issuer.url, ...env });
  const poolMax = pool?.max ?? config.DATABASE_POOL_MAX;
  const orm = await MikroORM.init(databaseOptions(config.DATABASE_URL, parts, poolMax, 'test', pool?.waitMs));
  const release = async (): Promise<void> => {
    await orm.close(true);
    await issuer.close();
    await database.drop();
  };
  try {
    const app = await createHttp({ module, service, config, orm, ...kit });
    await app.init();
    return {
      app,
      orm,
      database,
      issuer,
      bearer: async (spec) => `Bearer ${await issuer.token(spec)}`,
      stop: () => app.close().then(release),
    };
  } catch (error) {
    await release();
    throw error;
  }
}
