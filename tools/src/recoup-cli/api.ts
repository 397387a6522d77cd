import { token } from '../token.js';

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

export interface ApiRequest {
  readonly method?: string;
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly headers?: Record<string, string>;
}

/**
 * Calls a service as the local administrator and answers its JSON and headers.
 * @throws ApiError with the problem document's code and sentence.
 */
export async function call<T>(
  service: ApiService,
  path: string,
  request: ApiRequest = {},
): Promise<{ body: T; headers: Headers }> {
  const bearer = await administratorToken();
  const response = await fetch(apiUrl(service, path), {
    method: request.method ?? 'GET',
    headers: { authorization: `Bearer ${bearer}`, ...request.headers },
    body: request.body ?? null,
    duplex: 'half',
  });
  const text = await response.text();
  if (!response.ok) throw problem(response.status, text);
  return { body: (text === '' ? undefined : JSON.parse(text)) as T, headers: response.headers };
}

const tokenUsedForMs = 60 * 60 * 1000;
let held: { bearer: string; since: number } | undefined;

async function administratorToken(): Promise<string> {
  if (held && Date.now() - held.since < tokenUsedForMs) return held.bearer;
  held = { bearer: await token('administrator'), since: Date.now() };
  return held.bearer;
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
