import { httpErrorOf } from './problem.js';
import { sessionRenewed } from './session.js';

export interface SendOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  /** Repeating a request with the same key has one effect; a fresh key unless told. */
  idempotencyKey?: string;
  /** The version that an edit was made on. */
  ifMatch?: string | number | undefined;
  /** What no person asked for (polling) does not keep the session alive. */
  background?: boolean;
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
}

export interface Received<T> {
  json: T;
  headers: Headers;
  status: number;
}

/**
 * One request to a service, with the session's cookie. Unsafe methods say that they come from the console and carry an
 * idempotency key; edits carry the version they were made on.
 * Where the session has ended it waits until somebody has signed in again, and is then sent once more: what the console's
 * server refused for that reason has reached no service.
 * @throws HttpError with the problem document as its body
 */
export async function send<T>(path: string, options: SendOptions = {}): Promise<Received<T>> {
  const method = options.method ?? 'GET';
  const response = await fetch(path, {
    method,
    headers: headersOf(method, options),
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
    credentials: 'same-origin',
  });
  const text = await response.text();
  const json: unknown = text === '' ? undefined : parse(text);
  if (response.status === 401) {
    await sessionRenewed();
    return send(path, options);
  }
  if (!response.ok) throw httpErrorOf(response.status, json, path);
  return { json: json as T, headers: response.headers, status: response.status };
}

/** The headers that a request of the console carries. */
export function headersOf(method: string, options: SendOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (options.background) headers['X-Recoup-Background'] = '1';
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (method === 'GET') return headers;
  headers['X-Recoup-Console'] = '1';
  headers['Idempotency-Key'] = options.idempotencyKey ?? crypto.randomUUID();
  if (options.ifMatch !== undefined) headers['If-Match'] = etagOf(options.ifMatch);
  return headers;
}

function etagOf(version: string | number): string {
  return typeof version === 'number' || /^\d+$/.test(version) ? `"${version}"` : version;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
