import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Service } from '@recoup/tools/ports';
import type { TrialSystem } from '@recoup/tools/trial-system';
import type { Page } from 'playwright-core';
import { openAccount } from './browser-ledger.js';
import { findings } from './browser.js';

/** Reads the timeline of an account while a service is down, whose part is missing until it is back. */
export async function readTimelineMeanwhile(system: TrialSystem, supervisor: Page, accountId: string): Promise<void> {
  await openAccount(supervisor, accountId, 'Invoices');
  const missing = supervisor.getByText('Messaging does not answer just now. What it recorded is missing here.');
  await whileDown(system, 'messaging', async () => {
    await supervisor.getByRole('tab', { name: 'Timeline' }).click();
    await missing.waitFor();
    expect(await supervisor.getByRole('tabpanel').innerText()).toMatch(/Written off[\s\S]*49\.00/);
    expect(await findings(supervisor)).toEqual([]);
  });
  await missing.waitFor({ state: 'detached' });
}

/** Reads an account while the service that keeps its card is down: the ledger tells the rest. */
export async function readAccountMeanwhile(system: TrialSystem, supervisor: Page, accountId: string): Promise<void> {
  const missing = supervisor.getByText('Collections does not answer just now. What it has for this place is missing.');
  await whileDown(system, 'collections', async () => {
    await openAccount(supervisor, accountId, 'Transactions');
    await missing.first().waitFor();
    await supervisor.getByRole('tabpanel').getByText('C-4-I1').first().waitFor();
    expect(await findings(supervisor)).toEqual([]);
  });
  await missing.first().waitFor({ state: 'detached' });
}

/** Reads an account while the service that keeps its card hangs: after its time the page says so, and is asked again by hand. */
export async function readAccountWhileHanging(system: TrialSystem, supervisor: Page, accountId: string): Promise<void> {
  const late = supervisor.getByText('Collections took too long to answer. What it has for this place is missing.');
  const hanging = system.pid('collections');
  process.kill(hanging, 'SIGSTOP');
  try {
    await supervisor.goto(`/accounts/${accountId}`);
    await late.first().waitFor();
    expect(await supervisor.getByText(/asked again every/).count()).toBe(0);
    expect(await findings(supervisor)).toEqual([]);
  } finally {
    process.kill(hanging, 'SIGCONT');
  }
  await supervisor.getByRole('button', { name: 'Try again' }).first().click();
  await late.first().waitFor({ state: 'detached' });
}

/** Ends a service and holds the launcher, so that it is surely down meanwhile; afterwards it is started again. */
async function whileDown(system: TrialSystem, service: Service, meanwhile: () => Promise<void>): Promise<void> {
  const launcher = launcherOf(system);
  const ended = system.pid(service);
  process.kill(launcher, 'SIGSTOP');
  try {
    process.kill(ended, 'SIGKILL');
    await meanwhile();
  } finally {
    process.kill(launcher, 'SIGCONT');
  }
  await system.untilHealthy(service);
}

function launcherOf({ home }: TrialSystem): number {
  const mark = JSON.parse(readFileSync(join(home, 'run', 'launcher.json'), 'utf8')) as { pid: number };
  return mark.pid;
}
