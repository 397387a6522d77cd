import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '@recoup/tools/ports';
import type { PlannedFailure, TrialSystem } from '@recoup/tools/trial-system';
import { Client, eventually, loadLimitMs, type BulkAction } from './client.js';
import { dayEverywhere } from './load.js';
import { recoup } from './recoup.js';

/**
 * What goes wrong: it prepares itself before a bulk action, and what it answers happens once the action runs.
 * @throws Error when what was to go wrong did not: then nothing was shown.
 */
export type Fault = (system: TrialSystem, random: () => number) => Promise<() => Promise<void>>;

/** Every fault by name; each is a test at 5,000 accounts and a command at 100,000. */
export const faults: Readonly<Record<string, Fault>> = {
  'kill-collections': kill('collections'),
  'kill-ledger': kill('ledger'),
  'kill-kafka': kill('kafka'),
  'kill-postgres': kill('postgres'),
  'relay-between-ack-and-mark': endAt('ledger', 'relay-acked', 2),
  'consumer-between-commit-and-offset': endAt('collections', 'batch-committed', 2),
  'runner-after-a-chunk': endAt('collections', 'chunk-committed', 2),
};

function kill(part: string): Fault {
  return async (system, random) => async () => {
    await sleep(Math.floor(random() * 400));
    const pid = system.pid(part);
    system.kill(part);
    await replaced(system, part, pid);
  };
}

/** A service that has started with the plan before the action begins, so that the action is what it ends in. */
function endAt(service: Service, failpoint: string, nth: number): Fault {
  return async (system) => {
    const earlier = system.pid(service);
    system.planFailure(service, failpoint, nth);
    system.kill(service);
    await eventually(() => Promise.resolve(system.failureTaken(service) ? true : undefined));
    const pid = await replaced(system, service, earlier);
    await system.untilHealthy(service);
    return () => endedBy(system, service, { failpoint, pid });
  };
}

const failureLimitMs = 120_000;

/**
 * Waits until the service's process was ended by the failure planned for it, and by nothing else, and another runs in its
 * place.
 */
export async function endedBy(
  system: Pick<TrialSystem, 'failureOf' | 'pid'>,
  service: Service,
  planned: PlannedFailure,
  limitMs = failureLimitMs,
): Promise<void> {
  const ended = await eventually(() => Promise.resolve(system.failureOf(service)), limitMs).catch(() => {
    throw new Error(`${service} (process ${planned.pid}) never ended itself at ${planned.failpoint}`);
  });
  expectEqual(`${service} ends itself at`, ended.failpoint, planned.failpoint);
  expectEqual(`the process of ${service} that ended itself is`, ended.pid, planned.pid);
  await replaced(system, service, ended.pid, limitMs);
}

/** Waits until a part's process is another than the one with that id; answers the new id. */
function replaced(
  system: Pick<TrialSystem, 'pid'>,
  part: string,
  pid: number,
  limitMs = failureLimitMs,
): Promise<number> {
  const another = (): Promise<number | undefined> => {
    const now = system.pid(part);
    return Promise.resolve(now > 0 && now !== pid ? now : undefined);
  };
  return eventually(another, limitMs).catch(() => {
    throw new Error(`${part} (process ${pid}) was not replaced by another process`);
  });
}

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
  const strike = await fault(system, random);
  const preview = await supervisor.preview('write-off', { asOf, filter: {} }, {});
  await supervisor.confirm(preview.id);
  await strike();
  const ended = await supervisor.ended(preview.id, loadLimitMs);
  expectEqual('the action ends', ended.status, 'completed');
  expectEqual('every eligible item is done', ended.counts.done, preview.counts.eligible);
  await quiet(system);
  expectEqual('nothing is owed any more', await totals(supervisor), '');
  const undo = await supervisor.undo(preview.id, loadLimitMs);
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
