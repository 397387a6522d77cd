import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { findings, firstOf } from './browser.js';

/** Ends the session under a form that is half filled in, signs in again in another tab, and answers whether it was saved. */
export async function saveAfterTheSession(supervisor: Page): Promise<boolean> {
  const [account] = await firstOf(supervisor, 'ledger/accounts');
  await supervisor.goto(`/accounts/${account?.id}`);
  await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
  await supervisor.getByRole('menuitem', { name: 'New payment…' }).click();
  await supervisor.getByLabel('Amount').fill('0');
  await supervisor.getByLabel('Reference').fill('Kept over the session');
  await supervisor.context().clearCookies({ name: /recoup$/ });
  await supervisor.getByRole('button', { name: 'Save payment' }).click();
  const ended = supervisor.getByRole('dialog', { name: 'Your session has ended' });
  await ended.getByText('Nothing on this page is lost.').waitFor();
  expect(await findings(supervisor)).toEqual([]);
  expect(await supervisor.getByLabel('Reference').inputValue()).toBe('Kept over the session');
  // The issuer still knows who it is, so the other tab comes and goes by itself.
  const [tab] = await Promise.all([
    supervisor.context().waitForEvent('page'),
    ended.getByRole('link', { name: 'Sign in' }).click(),
  ]);
  await ended.waitFor({ state: 'detached' });
  await supervisor.getByText('The payment is booked').waitFor();
  if (!tab.isClosed()) await tab.waitForEvent('close');
  return true;
}
