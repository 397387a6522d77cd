import type { Server } from 'node:http';
import request from 'supertest';
import { Clock, Runner, type Db } from '@recoup/service-kit';
import { serviceUnderTest, type ServiceUnderTest } from '@recoup/service-kit/testing/service-under-test';
import { ledgerDatabase } from '../database.js';
import { ImportRun } from '../import/import-run.js';
import { LedgerModule } from '../ledger.module.js';
import { violationsOf } from './test-ledger.js';

/** The ledger's HTTP side with its runner; requests are a supervisor's of all offices unless told. */
export interface LedgerOverHttp {
  readonly service: ServiceUnderTest;
  readonly server: Server;
  readonly db: () => Db;
  get(path: string, status?: number, query?: object): Promise<request.Response>;
  post(path: string, body: object, status?: number, headers?: Record<string, string>): Promise<request.Response>;
  put(path: string, body: object, status?: number, headers?: Record<string, string>): Promise<request.Response>;
  as(authorization: string): LedgerOverHttp;
  violations(): ReturnType<typeof violationsOf>;
  stop(): Promise<void>;
}

const root = '/api/ledger/';

export async function ledgerOverHttp(): Promise<LedgerOverHttp> {
  const service = await serviceUnderTest({ service: 'ledger', module: LedgerModule, parts: ledgerDatabase });
  const runner = new Runner(service.orm, 'test', [service.app.get(ImportRun)], () => undefined);
  runner.start();
  const stop = async (): Promise<void> => {
    await runner.stop();
    await service.stop();
  };
  return client(service, await service.bearer({ role: 'supervisor', user: 'sam' }), stop);
}

function checked(response: request.Response, status: number): request.Response {
  if (response.status === status) return response;
  throw new Error(`expected ${status}, got ${response.status}: ${JSON.stringify(response.body)}`);
}

function client(service: ServiceUnderTest, authorization: string, stop: () => Promise<void>): LedgerOverHttp {
  const server: Server = service.app.getHttpServer();
  const db = (): Db => service.orm.em.fork();
  return {
    service,
    server,
    db,
    stop,
    as: (other) => client(service, other, stop),
    violations: () => violationsOf(db()),
    get: async (path, status = 200, query = {}) =>
      checked(
        await request(server)
          .get(root + path)
          .query(query)
          .set('Authorization', authorization),
        status,
      ),
    post: async (path, body, status = 201, headers = {}) =>
      checked(
        await request(server)
          .post(root + path)
          .set({ Authorization: authorization, ...headers })
          .send(body),
        status,
      ),
    put: async (path, body, status = 200, headers = {}) =>
      checked(
        await request(server)
          .put(root + path)
          .set({ Authorization: authorization, ...headers })
          .send(body),
        status,
      ),
  };
}

/** The business date of the running test in UTC, moved by days. */
export function day(service: ServiceUnderTest, offset = 0): string {
  const today = service.app.get<Clock>(Clock, { strict: false }).today('UTC');
  return new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
}
