import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '@recoup/tools/ports';
import type { TrialSystem } from '@recoup/tools/trial-system';

/** An answer of the API, whatever its status. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A row of the Collections report, as far as tests look at it. */
export interface ReportRow {
  readonly id: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly currency: string;
  readonly balance: number;
  readonly daysPastDue: number;
  readonly openInvoices: number;
  readonly stage: string;
  readonly flags: string[];
  readonly agencyCode: string | null;
  readonly aging: Record<'current' | 'days1to30' | 'days31to60' | 'days61to90' | 'days91to120' | 'daysOver120', number>;
}

export interface BulkAction {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly hash: string;
  readonly counts: { selected: number; eligible: number; skipped: number; done: number; failed: number };
  readonly totals: { currency: string; accounts: number; amount: number; asOfBalance: number }[];
}

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: { field: string; message: string }[];
}

const pollMs = 100;
/** An action of some thousand accounts; less than any test that waits for one may take. */
const endLimitMs = 100_000;
/** An action of 100,000 accounts, on two cores that also carry everything else. */
export const loadLimitMs = 600_000;

/** Speaks to a running Recoup as one user, like every other program. */
export class Client {
  constructor(
    private readonly system: TrialSystem,
    private readonly bearer: string | undefined,
  ) {}

  static async as(system: TrialSystem, role: string, user?: string): Promise<Client> {
    return new Client(system, await system.token(role, user));
  }

  async request<T>(
    service: Service,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const text = typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body);
    const response = await fetch(`${this.system.url}/api/${service}/${path}`, {
      method,
      body: text,
      headers: {
        ...(this.bearer === undefined ? {} : { authorization: `Bearer ${this.bearer}` }),
        ...(text === null ? {} : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
        ...headers,
      },
    });
    const answer = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: (json ? JSON.parse(answer) : answer) as T };
  }

  async get<T>(service: Service, path: string, query: Record<string, unknown> = {}): Promise<T> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    const answer = await this.request<T>(service, 'GET', `${path}?${parameters}`);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async post<T>(service: Service, path: string, body: unknown = {}): Promise<T> {
    const answer = await this.request<T>(service, 'POST', path, body, { 'idempotency-key': randomUUID() });
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** All rows of the report that a filter gives. */
  async report(filter: Record<string, unknown>): Promise<ReportRow[]> {
    const rows: ReportRow[] = [];
    for (let from = 0; ; from += 500) {
      const page = await this.get<ReportRow[]>('collections', 'report', {
        filter,
        range: [from, from + 499],
        sort: ['accountNumber', 'ASC'],
      });
      rows.push(...page);
      if (page.length < 500) return rows;
    }
  }

  /** Previews an action and waits until its set is fixed. */
  async preview(type: string, selection: unknown, parameters: unknown): Promise<BulkAction> {
    const { id } = await this.post<BulkAction>('collections', 'bulk-actions', { type, selection, parameters });
    return this.until(id, (action) => action.status !== 'previewing');
  }

  async confirm(id: string): Promise<void> {
    await this.post('collections', `bulk-actions/${id}/confirm`);
  }

  async ended(id: string, limitMs = endLimitMs): Promise<BulkAction> {
    return this.until(id, ({ status }) => /^(completed|cancelled|paused)/.test(status), limitMs);
  }

  async undo(id: string, limitMs = endLimitMs): Promise<BulkAction> {
    const undo = await this.post<BulkAction>('collections', `bulk-actions/${id}/undo`);
    const ready = await this.until(undo.id, (action) => action.status !== 'previewing');
    await this.confirm(ready.id);
    return this.ended(ready.id, limitMs);
  }

  /** Asks until it is so; what the services say meanwhile (also that they are down) is waited out. */
  async until(id: string, condition: (action: BulkAction) => boolean, limitMs = endLimitMs): Promise<BulkAction> {
    let last: Answer<BulkAction> | undefined;
    return eventually(async () => {
      last = await this.request<BulkAction>('collections', 'GET', `bulk-actions/${id}`);
      return last.status === 200 && condition(last.body) ? last.body : undefined;
    }, limitMs).catch((error: Error) => {
      throw new Error(`The action ${id}, after ${limitMs / 1000} s: ${JSON.stringify(last?.body)}`, {
        cause: error,
      });
    });
  }
}

/** Asks again until there is an answer; fails when the limit is over. */
export async function eventually<T>(ask: () => Promise<T | undefined>, limitMs = 60_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  let failure: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) throw new Error('It did not become so in time', { cause: failure });
    await sleep(pollMs);
  }
}
