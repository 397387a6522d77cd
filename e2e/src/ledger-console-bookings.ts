import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  beginOnAccount,
  beginOnLine,
  choose,
  hintOf,
  kept,
  openAccount,
  submit,
  untilBalance,
} from './browser-ledger.js';
import { findings, findingsInBothColours } from './browser.js';
import type { Client } from './client.js';
import { renameType, type OwingAccount } from './ledger-accounts.js';

/** Has a payment returned by the bank, with a fee; writes off under a type that was renamed, and reverses it. */
export async function returnAndReverse(supervisor: Page, books: Client, first: OwingAccount): Promise<void> {
  await openAccount(supervisor, first.id, 'Invoices');
  await beginOnLine(supervisor, first.invoice, 'Self', 'Create new payment…');
  await supervisor.getByLabel('Amount').fill('30.00');
  await supervisor.getByRole('radio', { name: 'By hand' }).check();
  await supervisor.getByLabel(`Payment on ${first.invoice}`).fill('30.00');
  await submit(supervisor, 'Save payment');
  await untilBalance(supervisor, first.id, '40.00');
  await supervisor.getByRole('tab', { name: 'Transactions' }).click();
  await supervisor.getByRole('button', { name: 'Actions on Payment' }).first().click();
  await supervisor.getByRole('menuitem', { name: 'Returned by the bank…' }).click();
  expect(await hintOf(supervisor, 'Reason')).toBe(kept);
  await supervisor.getByLabel('Charge a fee for the returned payment').check();
  await supervisor.getByRole('textbox', { name: 'Fee', exact: true }).fill('25.00');
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Return payment');
  await untilBalance(supervisor, first.id, '95.00');

  await renameType(books, 'coupon', 'Courtesy');
  await beginOnAccount(supervisor, 'Write off…');
  await supervisor.getByRole('combobox', { name: 'Type' }).getByText('Courtesy').waitFor();
  expect(await hintOf(supervisor, 'Reason')).toBe(kept);
  await supervisor.getByLabel('Amount').fill('5.00');
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Write off');
  await untilBalance(supervisor, first.id, '90.00');
  await supervisor.getByRole('tab', { name: 'Transactions' }).click();
  await supervisor.getByRole('button', { name: 'Actions on Courtesy' }).first().click();
  await supervisor.getByRole('menuitem', { name: 'Reverse…' }).click();
  expect(await hintOf(supervisor, 'Reason')).toBe(kept);
  await supervisor.getByLabel('Reason').fill('A mistake');
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Reverse');
  await untilBalance(supervisor, first.id, '95.00');
  expect(await findingsInBothColours(supervisor)).toEqual([]);
}

/** Freezes an account and sets it back. */
export async function freezeAndRollBack(supervisor: Page, books: Client, first: OwingAccount): Promise<void> {
  await books.post('ledger', 'subscriptions', {
    accountId: first.id,
    number: 'S-1',
    serviceTypeCode: 'service',
    startedOn: '2026-01-01',
    initialServiceDiscount: 1_500,
  });
  await openAccount(supervisor, first.id, 'Subscriptions');
  await supervisor.getByRole('button', { name: 'Freeze account' }).click();
  await choose(supervisor, 'Cancellation reason', 'Non-payment');
  await supervisor.getByLabel('Notes').fill('No answer since spring');
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Freeze');
  await supervisor.getByText(/^Frozen by supervisor on .* \(Non-payment\)/).waitFor();
  await supervisor.getByText('No answer since spring').waitFor();
  await supervisor.getByRole('cell', { name: 'Frozen' }).waitFor();
  expect(await findingsInBothColours(supervisor)).toEqual([]);
  await supervisor.getByRole('button', { name: 'Roll back', exact: true }).click();
  await submit(supervisor, 'Roll back');
  await supervisor.getByRole('cell', { name: 'Active' }).waitFor();
}

/** Has a write-off refused, reads why beside its field, and mends it. */
export async function mendRefusedWriteOff(supervisor: Page, fourth: OwingAccount): Promise<void> {
  await openAccount(supervisor, fourth.id, 'Invoices');
  await beginOnLine(supervisor, fourth.invoice, 'Self', 'Write off…');
  const effective = supervisor.getByLabel('Effective');
  await effective.fill('2026-01-04');
  await supervisor.getByLabel('Amount').fill('1.00');
  await supervisor.getByRole('dialog').getByRole('button', { name: 'Write off', exact: true }).click();
  await supervisor.getByText('What is marked above has to be mended first.').waitFor();
  await supervisor.getByText('This is before the day of the invoice. At least Jan 5, 2026.').waitFor();
  expect(await effective.getAttribute('aria-invalid')).toBe('true');
  expect(await supervisor.getByRole('dialog').innerText()).not.toContain('effectiveDate');
  expect(await findings(supervisor)).toEqual([]);
  await effective.fill('2026-01-05');
  await supervisor.getByText('This is before the day of the invoice').waitFor({ state: 'detached' });
  await supervisor.getByText('What is marked above').waitFor({ state: 'detached' });
  await supervisor.getByText('What was refused has been changed. Send it again.').waitFor();
  expect(await findings(supervisor)).toEqual([]);
  await submit(supervisor, 'Write off');
  await untilBalance(supervisor, fourth.id, '49.00');
}
