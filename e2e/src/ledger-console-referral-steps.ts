import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { beginOnAccount, choose, hintOf, kept, openAccount, outstandingOf, submit } from './browser-ledger.js';
import { findings, findingsInBothColours } from './browser.js';
import type { Client } from './client.js';
import { bookedOn, type OwingAccount } from './ledger-accounts.js';
import { agency, column } from './ledger-console-referral.js';

/**
 * Leaves the steps after the write-off, by a link that asks first, a reload and to the account, whose page says so and leads back
 * to the queueing.
 */
async function leaveAndContinue(supervisor: Page, { id }: OwingAccount): Promise<void> {
  await supervisor.getByRole('link', { name: 'To the account' }).click();
  await supervisor.getByRole('dialog', { name: 'Leave this unfinished?' }).waitFor();
  expect(await findings(supervisor)).toEqual([]);
  await supervisor.getByRole('button', { name: 'Stay' }).click();
  await supervisor.reload();
  await supervisor.getByText(`1 line with 80.00 USD goes to ${agency}`).waitFor();
  await supervisor.getByText('Booked. Reference: Sent in November').waitFor();
  expect(await ticked(supervisor)).toEqual([true, true, true, false, false]);
  expect(await findings(supervisor)).toEqual([]);
  await openAccount(supervisor, id, 'Invoices');
  await supervisor.getByText('Referral begun, not finished').waitFor();
  await supervisor.getByText('80.00 USD is written off and waits').waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  await supervisor.getByRole('link', { name: 'Continue' }).click();
  await supervisor.getByText(`1 line with 80.00 USD goes to ${agency}`).waitFor();
}

/** Which steps have their tick. */
async function ticked(supervisor: Page): Promise<boolean[]> {
  const steps = await supervisor.locator('.MuiStep-root').all();
  return Promise.all(steps.map(async (step) => (await step.locator('.MuiStepIcon-root.Mui-completed').count()) === 1));
}

/** What is only filled in has no tick and says so; the words are there again when another page was looked at meanwhile. */
async function leaveBeforeBooking(supervisor: Page): Promise<void> {
  const filledIn = supervisor.getByText('Filled in, and booked with the write-off. Reference: Sent in November');
  await filledIn.waitFor();
  expect(await ticked(supervisor)).toEqual([true, false, false, false, false]);
  await supervisor.getByRole('link', { name: 'To the account' }).click();
  await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
  await supervisor.getByRole('menuitem', { name: 'Refer step by step…' }).click();
  await supervisor.getByText('Nothing to book: it was assigned before.').waitFor();
  expect(await supervisor.getByLabel('Reference').inputValue()).toBe('Sent in November');
  await supervisor.getByRole('button', { name: 'Next' }).click();
  await filledIn.waitFor();
}

/** Refers one account on the page of steps and another by the one command, and compares what was booked. */
export async function referInSteps(
  supervisor: Page,
  books: Client,
  second: OwingAccount,
  third: OwingAccount,
): Promise<void> {
  await supervisor.goto(`/accounts/${second.id}`);
  await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
  await supervisor.getByRole('menuitem', { name: 'Refer step by step…' }).click();
  await choose(supervisor, 'Agency', agency);
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  await supervisor.getByRole('button', { name: 'Assign', exact: true }).click();
  expect(await hintOf(supervisor, 'Reference')).toBe(kept);
  await supervisor.getByLabel('Reference').fill('Sent in November');
  await supervisor.getByRole('button', { name: 'Next' }).click();
  await leaveBeforeBooking(supervisor);
  await choose(supervisor, 'Custom write-off', column);
  await supervisor.getByText('To be written off: 80.00').waitFor();
  expect(await findings(supervisor)).toEqual([]);
  await supervisor.getByRole('button', { name: 'Save payment and write-off' }).click();
  await supervisor.getByText('1 line with 80.00').waitFor();
  await leaveAndContinue(supervisor, second);
  await supervisor.getByRole('button', { name: 'Queue', exact: true }).click();
  await supervisor.getByText(`Invoice for ${agency}`).waitFor();
  await supervisor.getByRole('link', { name: 'To the account' }).click();
  await supervisor.getByText(`On no invoice to its payer yet: 80.00 USD queued to ${agency}.`).waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  await supervisor.goto(`/accounts/${second.id}/refer`);
  await supervisor.getByRole('button', { name: 'Create invoice' }).click();
  await supervisor.getByText('The account owes nothing of it').waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  await supervisor.reload();
  await supervisor.getByText('there is nothing to refer').waitFor();
  expect(await supervisor.getByRole('button', { name: 'Assign', exact: true }).count()).toBe(0);

  await openAccount(supervisor, third.id, 'Invoices');
  await beginOnAccount(supervisor, 'Refer to agency…');
  await choose(supervisor, 'Agency', agency);
  await choose(supervisor, 'Custom write-off', column);
  expect(await hintOf(supervisor, 'Reference')).toBe(kept);
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Refer');
  expect(await bookedOn(books, third.id)).toEqual(await bookedOn(books, second.id));
  const outstanding = await outstandingOf(supervisor, second.number);
  expect(outstanding).toEqual(['80.00', '0.00', '0.00', '80.00']);
  expect(await outstandingOf(supervisor, third.number)).toEqual(outstanding);
}
