import type { INestApplication } from '@nestjs/common';
import type { ServiceName } from '@recoup/contracts';
import { role, type Role } from '../identity/actor.js';
import { may } from '../identity/permissions.js';
import { RouteCheck } from '../identity/route-check.js';
import type { Route } from '../identity/routes.js';
import type { ServiceUnderTest } from './service-under-test.js';

const nobody = '00000000-0000-7000-8000-000000000000';

/** The routes of a running application with what each asks for. */
export function routesOf(app: INestApplication): Route[] {
  return app.get(RouteCheck, { strict: false }).routes();
}

/**
 * Visits every route without a token and as each role, with ids of nothing and an empty body, and tells where the
 * answer contradicts the role table: 401 without token, 403 exactly where the table does not allow (S1, S2).
 */
export async function contradictions(service: ServiceUnderTest, name: ServiceName): Promise<string[]> {
  const { app } = service;
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const base = `${await app.getUrl()}/api/${name}/`;
  const found: string[] = [];
  for (const route of routesOf(app)) {
    if (route.need === 'public' || route.need === undefined) continue;
    const { resource, action } = route.need;
    for (const who of [undefined, ...role.options]) {
      const status = await statusOf(service, base, route, who);
      const expected = who === undefined ? 401 : may(who, resource, action) ? 'allowed' : 403;
      const actual = [401, 403].includes(status) ? status : 'allowed';
      if (actual !== expected) found.push(`${route.method} ${route.path} as ${who ?? 'nobody'}: ${status}`);
    }
  }
  return found;
}

/** Only the status is read: a stream would never end. */
async function statusOf(service: ServiceUnderTest, base: string, route: Route, who: Role | undefined): Promise<number> {
  const abort = new AbortController();
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (who !== undefined) headers['authorization'] = await service.bearer({ role: who, user: `matrix-${who}` });
  const method = route.method === 'ALL' ? 'GET' : route.method;
  const body = method === 'GET' ? {} : { body: '{}' };
  const address = base + route.path.replaceAll(/:\w+/g, nobody);
  try {
    const { status } = await fetch(address, { method, headers, signal: abort.signal, ...body });
    return status;
  } finally {
    abort.abort();
  }
}
