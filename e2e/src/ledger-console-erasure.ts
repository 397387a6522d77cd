import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { beginOnAccount, choose, erasedServices, openAccount, submit, trialBalanceOf } from './browser-ledger.js';
import { openReport, shownRows } from './browser-report.js';
import { findings, findingsInBothColours } from './browser.js';
import { becomes } from './console-walk.js';
import type { OwingAccount } from './ledger-accounts.js';

/** Erases an account, and looks at everything that showed its name. */
export async function eraseForEver(administrator: Page, supervisor: Page, fourth: OwingAccount): Promise<void> {
  await openAccount(administrator, fourth.id, 'Invoices');
  await administrator.getByText('c4@example.test').waitFor();
  await beginOnAccount(administrator, 'Erase personal data…');
  const dialog = administrator.getByRole('dialog');
  expect(await dialog.innerText()).toMatch(
    /Goes for ever, in every service[\s\S]*Reasons of disputes[\s\S]*Stays until its own retention ends/,
  );
  await choose(administrator, 'Reason', 'The customer asked for it');
  await administrator.getByLabel('Type C-4 to confirm').fill('C-5');
  await administrator.getByText('This is not the number of this account.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Erase for ever' }).isDisabled()).toBe(true);
  expect(await findings(administrator)).toEqual([]);
  await administrator.getByLabel('Type C-4 to confirm').fill('C-4');
  await submit(administrator, 'Erase for ever');
  await becomes(() => erasedServices(administrator), ['Ledger', 'Collections', 'Precollections', 'Messaging']);
  await administrator.getByText(/^Erased .*20\d\d.* Number, figures and history stay\.$/).waitFor();
  await administrator.getByText('Reason: The customer asked for it').waitFor();
  await administrator.getByRole('heading', { name: 'C-4', exact: true }).waitFor();
  expect(await administrator.getByRole('main').innerText()).not.toMatch(/Client C-4|c4@example/);
  expect(await findingsInBothColours(administrator)).toEqual([]);
  await administrator.getByRole('tab', { name: 'Timeline' }).click();
  await administrator.getByText('Personal data erased').nth(1).waitFor();
  await administrator.getByLabel('Find an account').fill('C-4');
  await administrator.getByRole('option', { name: /C-4\s+Erased\s+CLINIC/ }).waitFor();

  const row = await trialBalanceOf(supervisor, fourth.number);
  expect(row).toMatchObject({ Name: 'Erased', 'Closing balance': '49.00' });
  await openReport(supervisor);
  const accounts = (await shownRows(supervisor)).map((shown) => shown['Account']);
  expect(accounts).toContain('C-4 Erased');
  await openAccount(supervisor, fourth.id, 'Invoices');
  await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
  expect(await supervisor.getByRole('menuitem', { name: /^Erase/ }).count()).toBe(0);
}
