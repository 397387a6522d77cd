import { setTimeout as sleep } from 'node:timers/promises';
import { startFirst, token } from '../token.js';

/** Ports of the services above the base, as the launcher gives them. */
const offsets = { console: 0, ledger: 1, collections: 2, precollections: 3, messaging: 4 } as const;
export type ApiService = Exclude<keyof typeof offsets, 'console'>;

/** Where a service's API answers: its own port on this machine. */
export function apiUrl(service: ApiService, path: string): string {
  const base = Number(process.env['RECOUP_PORT'] ?? 4000);
  return `http://127.0.0.1:${base + offsets[service]}/api/${service}/${path}`;
}

/** A request that failed: status and what the service says is wrong. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A service that isn't there, or that went away before it had answered. */
export class NoAnswerError extends Error {
  constructor(service: ApiService, cause: unknown) {
    super(`The ${service} service does not answer at ${apiUrl(service, '')}. ${startFirst}`, { cause });
  }
}

export interface ApiRequest {
  readonly method?: string;
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly headers?: Record<string, string>;
  /** As whom; the administrator unless told. */
  readonly role?: 'administrator' | 'supervisor';
}

/**
 * Calls a service as a local user and answers its JSON and headers.
 * @throws ApiError with the problem document's code and sentence; NoAnswerError when none came.
 */
export async function call<T>(
  service: ApiService,
  path: string,
  request: ApiRequest = {},
): Promise<{ body: T; headers: Headers }> {
  const bearer = await bearerOf(request.role ?? 'administrator');
  const { ok, status, text, headers } = await fetchText(service, path, {
    method: request.method ?? 'GET',
    headers: { authorization: `Bearer ${bearer}`, ...request.headers },
    body: request.body ?? null,
    duplex: 'half',
  });
  if (!ok) throw problem(status, text);
  return { body: (text === '' ? undefined : JSON.parse(text)) as T, headers };
}

async function fetchText(service: ApiService, path: string, request: RequestInit) {
  try {
    const response = await fetch(apiUrl(service, path), request);
    return { ok: response.ok, status: response.status, text: await response.text(), headers: response.headers };
  } catch (cause) {
    throw new NoAnswerError(service, cause);
  }
}

const pauseMs = 1_000;
const outageMs = 120_000;

/**
 * Asks a service for what goes on by itself, and again while it is away: killed, it is back within seconds.
 * @throws ApiError for every answer but 502, 503 and 504; NoAnswerError when it was away for two minutes
 */
export async function watch<T>(service: ApiService, path: string): Promise<T> {
  const deadline = Date.now() + outageMs;
  for (;;) {
    try {
      return (await call<T>(service, path)).body;
    } catch (error) {
      if (!isAway(error) || Date.now() > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof ApiError && [502, 503, 504].includes(error.status));
}

const tokenUsedForMs = 60 * 60 * 1000;
const held = new Map<string, { bearer: string; since: number }>();

async function bearerOf(role: string): Promise<string> {
  const known = held.get(role);
  if (known && Date.now() - known.since < tokenUsedForMs) return known.bearer;
  const bearer = await token(role);
  held.set(role, { bearer, since: Date.now() });
  return bearer;
}

function problem(status: number, text: string): ApiError {
  try {
    const document = JSON.parse(text) as {
      code?: string;
      detail?: string;
      title?: string;
      errors?: { field: string; message: string }[];
    };
    const fields = (document.errors ?? []).map(({ field, message }) => `${field}: ${message}`).join('; ');
    return new ApiError(
      status,
      document.code ?? 'unknown',
      [document.detail ?? document.title ?? `status ${status}`, fields].filter(Boolean).join(' '),
    );
  } catch {
    return new ApiError(status, 'unknown', `The service answered with status ${status}.`);
  }
}
