import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  beginOnAccount,
  beginOnLine,
  choose,
  exportAs,
  figures,
  hintOf,
  kept,
  openAccount,
  outstandingOf,
  shownLines,
  submit,
  trialBalanceOf,
  untilBalance,
} from './browser-ledger.js';
import { findings, findingsInBothColours, settled } from './browser.js';
import { becomes } from './console-walk.js';
import type { OwingAccount } from './ledger-accounts.js';

export const agency = 'Collections Agency';
/** The custom write-off, and its column of the trial balance. */
export const column = 'Sent to Collections';

/** What would take back from an agency, or be invoiced to a payer, is not offered while nobody holds anything; it says so. */
async function seeNothingHeld(supervisor: Page): Promise<void> {
  await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
  for (const [action, reason] of [
    ['Recall from agency…', 'No agency holds anything of this account.'],
    ['Create payer invoice…', 'No line is queued to a payer without an invoice.'],
  ] as const) {
    const item = supervisor.getByRole('menuitem', { name: action });
    await item.getByText(reason).waitFor();
    expect(await item.isDisabled()).toBe(true);
  }
  expect(await findings(supervisor)).toEqual([]);
  await supervisor.keyboard.press('Escape');
}

/** Assigns the agency, books the payment of nothing with the write-off, queues the line, makes the agency’s invoice. */
export async function referByHand(supervisor: Page, first: OwingAccount): Promise<void> {
  await openAccount(supervisor, first.id, 'Payers');
  await seeNothingHeld(supervisor);
  await supervisor.getByRole('button', { name: 'Assign payer' }).click();
  await choose(supervisor, 'Payer', agency);
  await supervisor.getByText('Its rules ask for nothing more.').waitFor();
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Save');
  await supervisor.getByRole('cell', { name: agency, exact: true }).first().waitFor();

  await supervisor.getByRole('tab', { name: 'Invoices' }).click();
  await beginOnLine(supervisor, first.invoice, 'Self', 'Create new payment…');
  expect(await hintOf(supervisor, 'Reference')).toBe(kept);
  await supervisor.getByLabel('Reference').fill('Sent in November');
  await supervisor.getByLabel('Amount').fill('0.00');
  await choose(supervisor, 'Transaction type of the write-off', column);
  await supervisor.getByLabel(`Write-off on ${first.invoice}`).fill('120.01');
  await supervisor.getByText('More than is open').waitFor();
  expect(await supervisor.getByRole('button', { name: 'Save payment' }).isDisabled()).toBe(true);
  await supervisor.getByRole('button', { name: 'Write off the full balance' }).click();
  expect(await supervisor.getByLabel(`Write-off on ${first.invoice}`).inputValue()).toBe('120.00');
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Save payment');
  await becomes(
    () => shownLines(supervisor, first.invoice),
    ['Jan 3, 2026 Service Therapy session 120.00 The account itself since Jan 5, 2026 0.00 New'],
  );

  await beginOnLine(supervisor, first.invoice, 'Self', 'Queue to a payer…');
  await choose(supervisor, 'Payer', agency);
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Queue');
  await becomes(async () => (await shownLines(supervisor, first.invoice)).length, 2);
  const [, held] = await shownLines(supervisor, first.invoice);
  expect(held).toMatch(new RegExp(`^${agency} since .* 120.00 New$`));

  await beginOnAccount(supervisor, 'Create payer invoice…');
  await supervisor.getByText(`${agency} · 120.00`).waitFor();
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Create payer invoice');
  await supervisor.getByRole('tab', { name: 'Payers' }).click();
  await supervisor.getByRole('heading', { name: 'Payer invoices' }).waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
}

/** Finds the referred amount in the trial balance and in the agency’s outstanding. */
export async function readReferralInReports(supervisor: Page, first: OwingAccount): Promise<void> {
  const row = await trialBalanceOf(supervisor, first.number);
  expect(row).toMatchObject({ [column]: '-120.00', 'Closing balance': '0.00' });
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  for (const tab of ['By payer', 'By office', 'General ledger']) {
    await supervisor.getByRole('tab', { name: tab }).click();
    await settled(supervisor);
    expect(await findingsInBothColours(supervisor)).toEqual([]);
  }
  const { totals } = await figures(supervisor, 'General ledger');
  expect(totals[0]?.['Debits']).toBe(totals[0]?.['Credits']);
  expect(totals[0]).toMatchObject({ 'Closing balance': '0.00' });
  expect(await outstandingOf(supervisor, first.number)).toEqual(['120.00', '0.00', '0.00', '120.00']);
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  const [download] = await Promise.all([supervisor.waitForEvent('download'), exportAs(supervisor, 'CSV')]);
  expect(readFileSync((await download.path()) ?? '', 'utf8')).toContain('COLLECT,Collections Agency,C-1');
}

/** Books a payment by the agency and recalls the rest. */
export async function collectAndRecall(supervisor: Page, first: OwingAccount): Promise<void> {
  await openAccount(supervisor, first.id, 'Invoices');
  await beginOnLine(supervisor, first.invoice, agency, 'Create new payment…');
  await supervisor.getByLabel('Amount').fill('120.01');
  await supervisor.getByText('More than this payer holds').waitFor();
  await supervisor.getByLabel('Amount').fill('50.00');
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Save payment');
  expect(await outstandingOf(supervisor, first.number)).toEqual(['120.00', '50.00', '0.00', '70.00']);

  await openAccount(supervisor, first.id, 'Invoices');
  await beginOnAccount(supervisor, 'Recall from agency…');
  await supervisor.getByText('the account owes 70.00').waitFor();
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Recall');
  expect(await outstandingOf(supervisor, first.number)).toEqual(['120.00', '50.00', '70.00', '0.00']);
  await untilBalance(supervisor, first.id, '70.00');
  const row = await trialBalanceOf(supervisor, first.number);
  expect(row).toMatchObject({ [column]: '-120.00', Recalls: '70.00', 'Closing balance': '70.00' });
}
