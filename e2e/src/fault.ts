import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialSystem } from '@recoup/tools/trial-system';
import { Client, eventually, type BulkAction } from './client.js';
import { dayEverywhere } from './load.js';
import { recoup } from './recoup.js';

/** What goes wrong, once a bulk action runs. */
export type Fault = (system: TrialSystem, random: () => number) => Promise<void>;

/** Every fault by name; each is a test at 5,000 accounts and a command at 100,000. */
export const faults: Readonly<Record<string, Fault>> = {
  'kill-collections': kill('collections'),
  'kill-ledger': kill('ledger'),
  'kill-kafka': kill('kafka'),
  'kill-postgres': kill('postgres'),
  'relay-between-ack-and-mark': async (system) => {
    system.planFailure('ledger', 'relay-acked', 2);
    system.kill('ledger');
    await eventually(() => Promise.resolve(system.failureTaken('ledger') ? true : undefined));
  },
  'consumer-between-commit-and-offset': async (system) => {
    system.planFailure('collections', 'batch-committed', 2);
    system.kill('collections');
    await eventually(() => Promise.resolve(system.failureTaken('collections') ? true : undefined));
  },
  'runner-after-a-chunk': async (system) => {
    system.planFailure('collections', 'chunk-committed', 2);
    system.kill('collections');
    await eventually(() => Promise.resolve(system.failureTaken('collections') ? true : undefined));
  },
};

function kill(part: string): Fault {
  return async (system, random) => {
    await sleep(Math.floor(random() * 400));
    system.kill(part);
  };
}

const endLimitMs = 600_000;
const quietLimitMs = 180_000;

/**
 * Writes off all that is open, lets the fault happen while the action runs, waits for its end, undoes it, and checks
 * after each half that figures agree and every invariant holds.
 * @throws Error that says what differs, or what `recoup verify` found.
 */
export async function survives(system: TrialSystem, fault: Fault, random: () => number): Promise<BulkAction> {
  const supervisor = await Client.as(system, 'supervisor');
  const asOf = dayEverywhere();
  const before = await totals(supervisor);
  const preview = await supervisor.preview('write-off', { asOf, filter: {} }, {});
  await supervisor.confirm(preview.id);
  await fault(system, random);
  const ended = await supervisor.ended(preview.id, endLimitMs);
  expectEqual('the action ends', ended.status, 'completed');
  expectEqual('every eligible item is done', ended.counts.done, preview.counts.eligible);
  await quiet(system);
  expectEqual('nothing is owed any more', await totals(supervisor), '');
  const undo = await supervisor.undo(preview.id);
  expectEqual('every item is undone', undo.counts.done, ended.counts.done);
  await quiet(system);
  expectEqual('the balances are what they were', await totals(supervisor), before);
  return ended;
}

/** Waits until nothing is on its way any more and every invariant holds. */
export async function quiet(system: TrialSystem): Promise<void> {
  for (const service of ['ledger', 'collections', 'precollections', 'messaging'] as const)
    await system.untilHealthy(service);
  let said = '';
  await eventually(async () => {
    const { status, stdout, stderr } = await recoup(system, 'verify');
    said = stdout + stderr;
    return status === 0 ? true : undefined;
  }, quietLimitMs).catch(() => {
    throw new Error(`The invariants do not hold:\n${said}`);
  });
}

/** What is owed today in each office of the load set, which is another day in Tokyo than in New York. */
async function totals(client: Client): Promise<string> {
  const sums: string[] = [];
  for (const office of ['NYC', 'MAD', 'TYO']) {
    const filter = { officeCodes: [office] };
    const found = await client.get<{ currency: string; accounts: number; balance: number }[]>(
      'collections',
      'report/totals',
      { filter },
    );
    sums.push(...found.map(({ currency, accounts, balance }) => `${currency} ${accounts} ${balance}`));
  }
  return sums.join(', ');
}

function expectEqual(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`Expected that ${what}: ${String(expected)}, found ${String(found)}`);
}

/** A small seeded generator (mulberry32), so that a fault's moment can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
