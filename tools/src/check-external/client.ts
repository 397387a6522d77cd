import type { TrialSystem } from '../trial-system.js';

/** The ledger's API with the token of one role. */
export interface LedgerClient {
  get<T>(path: string): Promise<T>;
  /** Every row of a list. */
  all<T>(path: string, filter?: object): Promise<T[]>;
  send<T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T>;
  /** Whether it was done; what the books refuse is no fault. */
  attempt(path: string, body: object): Promise<boolean>;
}

const pageRows = 500;

async function checked<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Speaks to a trial system's ledger as the demo user of a role. */
export async function ledgerClient(system: TrialSystem, role: string): Promise<LedgerClient> {
  const bearer = await system.token(role);
  const ask = async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${system.api('ledger')}/${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
  const get = async <T>(path: string): Promise<T> => checked<T>(await ask('GET', path));
  return {
    get,
    all: async <T>(path: string, filter: object = {}) => {
      const found: T[] = [];
      for (;;) {
        const range = JSON.stringify([found.length, found.length + pageRows - 1]);
        const page = await get<T[]>(`${path}?${new URLSearchParams({ filter: JSON.stringify(filter), range })}`);
        found.push(...page);
        if (page.length < pageRows) return found;
      }
    },
    send: async <T>(method: 'POST' | 'PUT', path: string, body: object) => checked<T>(await ask(method, path, body)),
    attempt: async (path, body) => {
      const response = await ask('POST', path, body);
      if (response.ok) return true;
      if (response.status === 409 || response.status === 422) return false;
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    },
  };
}
