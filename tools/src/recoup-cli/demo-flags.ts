import { setTimeout as sleep } from 'node:timers/promises';
import { call, watch } from './api.js';

const dayMs = 86_400_000;
const pollMs = 100;
const settledWithinMs = 120_000;

/** A flag of the demo books, and which accounts get it: by the report's own filter, as a collector would choose them. */
interface DemoFlag {
  readonly code: string;
  readonly name: string;
  readonly colour: string;
  readonly filter: object;
}

const demoFlags: readonly DemoFlag[] = [
  { code: 'call-back', name: 'Call back', colour: '#0969da', filter: { daysPastDueMin: 210, daysPastDueMax: 214 } },
  { code: 'hardship', name: 'Hardship', colour: '#9a6700', filter: { disputed: true, bucket: 'daysOver120' } },
  { code: 'legal', name: 'Legal', colour: '#cf222e', filter: { daysPastDueMin: 228 } },
];

interface Action {
  readonly id: string;
  readonly status: string;
  readonly hash: string | null;
}

/**
 * Defines the demo books' flags and gives each to some accounts, as a person does: an administrator makes the flag, a
 * supervisor previews and confirms the action. What is there already is left as it is.
 */
export async function flagDemoAccounts(now: Date): Promise<void> {
  // Yesterday has begun in every office.
  const asOf = new Date(now.getTime() - dayMs).toISOString().slice(0, 10);
  for (const { filter, ...flag } of demoFlags) {
    const known = await watch<unknown[]>('collections', `flags?filter=${json({ code: flag.code })}`);
    if (known.length === 0) await post<unknown>('administrator', 'flags', flag);
    const flagged = await watch<unknown[]>('collections', `report?filter=${json({ asOf, flagsAny: [flag.code] })}`);
    if (flagged.length === 0) await give(flag.code, { asOf, filter });
  }
}

async function give(code: string, selection: object): Promise<void> {
  const parameters = { add: [code], remove: [] };
  const asked = await post<Action>('supervisor', 'bulk-actions', { type: 'flags', selection, parameters });
  const { id, hash } = await until(asked.id, 'preview');
  await post<unknown>('supervisor', `bulk-actions/${id}/confirm`, { hash });
  await until(id, 'completed');
}

/** The action once it has that status. @throws Error where it can't get there any more, or doesn't within two minutes */
async function until(id: string, status: string): Promise<Action> {
  const deadline = Date.now() + settledWithinMs;
  for (;;) {
    const action = await watch<Action>('collections', `bulk-actions/${id}`);
    if (action.status === status) return action;
    if (!['previewing', 'running'].includes(action.status) || Date.now() > deadline)
      throw new Error(`The demo books' action ${id} is ${action.status} and not ${status}.`);
    await sleep(pollMs);
  }
}

async function post<T>(role: 'administrator' | 'supervisor', path: string, body: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return (await call<T>('collections', path, { method: 'POST', role, headers, body: JSON.stringify(body) })).body;
}

function json(value: object): string {
  return encodeURIComponent(JSON.stringify(value));
}
