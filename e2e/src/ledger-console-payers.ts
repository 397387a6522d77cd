import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openAccount } from './browser-ledger.js';
import { findings, findingsInBothColours, settled } from './browser.js';
import type { Client } from './client.js';
import { becomes } from './console-walk.js';
import type { OwingAccount } from './ledger-accounts.js';

const insurer = { code: 'BLUE', name: 'Blue Insurance', type: 'insurer' };

/** Has an insurer be responsible for a part of what an account owes. */
export async function insure(administrator: Client, supervisor: Client, account: OwingAccount): Promise<void> {
  const skips = { skipGroupNumberCheck: true, skipPolicyIdCheck: true };
  await administrator.post('ledger', 'payers', { ...insurer, ...skips });
  await administrator.post('ledger', 'account-payers', { accountId: account.id, payerCode: insurer.code });
  const lines = [{ serviceTypeCode: 'service', dateOfService: '2026-01-04', amount: 3_000 }];
  const dates = { invoiceDate: '2026-01-06', dueDate: '2026-02-05' };
  const invoice = { accountId: account.id, number: `${account.number}-I2`, ...dates, lines };
  const { id } = await administrator.post<{ id: string }>('ledger', 'invoices', invoice);
  const filter = { invoiceId: id };
  const [line] = await supervisor.get<{ id: string }[]>('ledger', 'bill-lines', { filter });
  await supervisor.post('ledger', `bill-lines/${line?.id}/queue`, { payerCode: insurer.code });
}

/** Reads what the account itself and what its insurer is responsible for, side by side. */
export async function readResponsibilities(page: Page, { id }: OwingAccount): Promise<void> {
  await page.goto(`/accounts/${id}`);
  const card = page.locator('.MuiCard-root', { hasText: 'Balance today' }).first();
  await becomes(
    async () => (await card.innerText()).replaceAll(/\s+/g, ' ').split(' Credit ')[0],
    'Balance today 50.00 USD The account itself Blue Insurance 30.00 USD Insurer',
  );
  expect(await findingsInBothColours(page)).toEqual([]);
}

/** Sorts an account's transactions, and finds them so after a reload and when the browser goes back to them. */
export async function sortTransactions(page: Page, { id }: OwingAccount): Promise<void> {
  const rows = page.getByRole('tabpanel').locator('tbody tr');
  const amounts = async () => {
    const texts = await rows.allInnerTexts();
    return texts.map((row) => row.split('\t')[3]?.trim());
  };
  await openAccount(page, id, 'Transactions');
  await page.getByRole('button', { name: 'Amount', exact: true }).click();
  const sorted = ['50.00', '30.00', '30.00'];
  await becomes(amounts, sorted);
  expect(new URL(page.url()).search).toBe('?tab=transactions&sort=amount.DESC');
  await page.reload();
  await becomes(amounts, sorted);
  await page.getByRole('link', { name: 'Payers', exact: true }).click();
  await page.getByRole('heading', { name: 'Payers' }).waitFor();
  await page.goBack();
  await becomes(amounts, sorted);
}

/** While the names of types and payers are on their way, no code stands in their place. */
export async function seeNoCodes(page: Page, { id }: OwingAccount): Promise<void> {
  const names = Promise.withResolvers<void>();
  const held = /\/api\/ledger\/(?:transaction-types|payers)\?/;
  await page.route(held, async (route) => {
    await names.promise;
    await route.continue();
  });
  await page.goto(`/accounts/${id}?tab=transactions`);
  const panel = page.getByRole('tabpanel');
  await panel.getByText('30.00').first().waitFor();
  expect(await panel.innerText()).not.toMatch(/queueing|Queued|BLUE|Invoice/);
  names.resolve();
  await panel.getByText('Queued to another payer').waitFor();
  await panel.getByText('Blue Insurance').waitFor();
  await page.unroute(held);
}

/** On a telephone the invoices, their lines and what agencies hold are cards that keep apart what is not one. */
export async function readOnTelephone(page: Page, { id, invoice }: OwingAccount, held: OwingAccount): Promise<void> {
  await page.goto(`/accounts/${id}`);
  const panel = page.getByRole('tabpanel');
  await page.getByRole('button', { name: `Lines of ${invoice}`, exact: true }).click();
  const lines = page.getByRole('list', { name: `Lines of ${invoice}` });
  await lines.getByText('Date of service').waitFor();
  await settled(page);
  expect(await panel.getByRole('table').count()).toBe(0);
  const card = panel.getByRole('listitem').filter({ hasText: invoice }).first();
  expect((await card.innerText()).replaceAll(/\s+/g, ' ')).toContain(
    `${invoice} 50.00 USD Open today Invoiced Jan 5, 2026 Due Feb 4, 2026`,
  );
  expect(await findings(page)).toEqual([]);
  await page.goto('/agency-outstanding');
  const row = page.getByRole('list', { name: 'Outstanding by agency' }).getByRole('listitem');
  const words = row.filter({ hasText: held.invoice }).locator('span', { hasText: 'Invoice' });
  await becomes(async () => (await words.first().innerText()).trim(), `Invoice ${held.invoice}`);
}
