import simpleRestProvider from 'ra-data-simple-rest';
import type { DataProvider, fetchUtils, GetManyResult, Identifier, RaRecord } from 'react-admin';
import { ownerOf, pathOf } from './services.js';
import { send } from './send.js';

/** Ids of one request: an address stays far below what a server takes. */
const idsPerRequestMax = 100;

/** What simple-rest fetches with: our own request, so that headers and errors are the same everywhere. */
async function client(url: string, options: fetchUtils.Options = {}) {
  const method = options.method ?? 'GET';
  if (!isMethod(method)) throw new Error(`The console does not send ${method}`);
  const body: unknown = typeof options.body === 'string' ? JSON.parse(options.body) : undefined;
  const { json, headers, status } = await send<unknown>(url, { method, body, signal: options.signal ?? undefined });
  return { json, headers, status, body: '' };
}

function isMethod(method: string): method is 'GET' | 'POST' | 'PUT' | 'DELETE' {
  return ['GET', 'POST', 'PUT', 'DELETE'].includes(method);
}

/** Asks the service that owns a resource, by the resource's name there. */
function asked<T>(resource: string, ask: (rest: DataProvider, name: string) => Promise<T>): Promise<T> {
  const { service, name } = ownerOf(resource);
  return ask(simpleRestProvider(`/api/${service}`, client), name);
}

/** One request a record is no bulk action: what is done to many goes through the bulk actions of the service. */
function never(): never {
  throw new Error('Many records are changed by a bulk action only');
}

function batches(ids: readonly Identifier[]): Identifier[][] {
  const count = Math.ceil(ids.length / idsPerRequestMax);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * idsPerRequestMax, (index + 1) * idsPerRequestMax),
  );
}

/** react-admin's way to the services. Edits carry the version they were made on. */
export const dataProvider: DataProvider = {
  getList: (resource, params) => asked(resource, (rest, name) => rest.getList(name, params)),
  getOne: (resource, params) => asked(resource, (rest, name) => rest.getOne(name, params)),
  getMany: async <T extends RaRecord>(resource: string, params: { ids: Identifier[] }) => {
    const pages = await asked(resource, (rest, name) =>
      Promise.all(batches(params.ids).map((ids) => rest.getMany<T>(name, { ids }))),
    );
    return { data: pages.flatMap(({ data }: GetManyResult<T>) => data) };
  },
  getManyReference: (resource, params) => asked(resource, (rest, name) => rest.getManyReference(name, params)),
  create: (resource, params) => asked(resource, (rest, name) => rest.create(name, params)),
  update: async (resource, params) => {
    const { json } = await send<never>(`${pathOf(resource)}/${encodeURIComponent(params.id)}`, {
      method: 'PUT',
      body: params.data,
      ifMatch: params.previousData?.version,
    });
    return { data: json };
  },
  delete: (resource, params) => asked(resource, (rest, name) => rest.delete(name, params)),
  updateMany: never,
  deleteMany: never,
};
