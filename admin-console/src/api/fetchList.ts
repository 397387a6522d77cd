import { listUrl, totalOf, type ListRequest } from './listUrl.js';
import { send, type SendOptions } from './send.js';

export interface Page<T> {
  rows: T[];
  total: number;
  headers: Headers;
}

/** A page of a list, with the number of all rows that match. */
export async function fetchList<T>(path: string, request: ListRequest, options: SendOptions = {}): Promise<Page<T>> {
  const { json, headers } = await send<T[]>(listUrl(path, request), options);
  return { rows: json, total: totalOf(headers.get('Content-Range')) ?? json.length, headers };
}
