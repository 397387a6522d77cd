import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openReport, shownRows } from './browser-report.js';
import { findings, findingsInBothColours, firstOf, settled } from './browser.js';
import { readNoParkedMessages } from './console-parked.js';
import type { ConsoleWalk } from './console-walk.js';

/** Reads the page of an account, tab by tab, and the lists. */
export async function readAccountAndLists(supervisor: Page): Promise<void> {
  await openReport(supervisor);
  const [first] = await shownRows(supervisor);
  const number = /\d{4}-[A-Z]{5}/.exec(first?.['Account'] ?? '')?.[0] ?? 'no account';
  await supervisor.getByRole('link', { name: number }).click();
  await supervisor.getByRole('heading', { name: number }).waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  for (const tab of ['Transactions', 'Referrals', 'Timeline']) {
    await supervisor.getByRole('tab', { name: tab }).click();
    await settled(supervisor);
    expect(await findings(supervisor)).toEqual([]);
  }
  for (const name of ['Bulk actions', 'Parked messages']) {
    await supervisor.getByRole('link', { name, exact: true }).click();
    await supervisor.getByRole('heading', { name, exact: true }).waitFor();
    expect(await findingsInBothColours(supervisor)).toEqual([]);
  }
  await readNoParkedMessages(supervisor);
}

/** Opens addresses that lead nowhere, and a report of no day. */
export async function openWrongAddresses(supervisor: Page): Promise<void> {
  const unknown = '00000000-0000-4000-8000-000000000000';
  for (const resource of ['accounts', 'bulk-actions', 'payers', 'imports'])
    for (const id of ['nonsense', unknown]) {
      await supervisor.goto(`/${resource}/${id}`);
      await supervisor.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    }
  await supervisor.goto(`/accounts/${unknown}/refer`);
  await supervisor.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  await supervisor.goto('/report?asOf=2026-13-45');
  await supervisor.getByText('“2026-13-45” in the address is no day.').waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
}

/** Opens every page on a telephone; none is wider than its screen. */
export async function readOnATelephone(walk: ConsoleWalk): Promise<void> {
  const telephone = await walk.person('administrator', { viewport: { width: 390, height: 844 } });
  const [action] = await firstOf(telephone, 'collections/bulk-actions');
  const [account] = await firstOf(telephone, 'ledger/accounts');
  const lists = ['report', 'bulk-actions', 'deliveries', 'imports', 'flags', 'parked-messages', 'trial-balance'];
  const card = `accounts/${account?.id}`;
  for (const page of [...lists, `bulk-actions/${action?.id}`, card, `${card}?tab=transactions`]) {
    await telephone.goto(`/${page}`);
    await telephone.getByRole('heading').first().waitFor();
    await settled(telephone);
    expect([page, await telephone.evaluate('document.documentElement.scrollWidth')]).toEqual([page, 390]);
  }
  await telephone.context().close();
}
