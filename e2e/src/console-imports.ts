import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { chooseFile, importedCounts, mapColumns, refusedRows, runImport } from './browser-import.js';
import { choose, hintOf } from './browser-ledger.js';
import { findingsInBothColours } from './browser.js';

/** What an import by a mapping of one's own shows on its way. */
export interface OwnImport {
  /** Whether it could not be started while an office to be made had no name. */
  readonly lacking: boolean;
  /** What stood beside a currency that is none, and in place of it once it was changed. */
  readonly refusedCurrency: string[];
  readonly counts: string;
  readonly refused: string[];
  /** The lines of the error report that was downloaded. */
  readonly report: string[];
  /** Whether it was asked how dates are written, of which the file has none. */
  readonly datesAsked: boolean;
  /** The counts of the same rows in another file, one with another address, imported by the kept mapping. */
  readonly again: string;
  /** What is said of that row. */
  readonly warned: string[];
  readonly findings: string[];
}

/** Maps the columns of accounts of another system by hand, makes their office, imports them twice, and finds one of them. */
export async function importWithOwnColumns(page: Page, content: string): Promise<OwnImport> {
  const columns = { Office: 'Branch', 'Account number': 'Client No', 'Account name': 'Full name' };
  const contact = { 'E-mail': 'Mail', Language: 'Tongue', 'Time zone of the account': 'Zone' };
  await mapColumns(page, 'Accounts', { name: 'clients.csv', content }, { ...columns, ...contact });
  await page.getByRole('button', { name: 'Add an office' }).click();
  const office = page.getByRole('group', { name: 'Office 1' });
  await office.getByLabel('Code').fill('BOS');
  await page.getByText('each office to make its code, name, currency and time zone').waitFor();
  const lacking = await page.getByRole('button', { name: 'Import', exact: true }).isDisabled();
  const datesAsked = await page.getByLabel('Dates are written').isVisible();
  const form = await findingsInBothColours(page);
  await office.getByLabel('Office name').fill('Boston');
  const refusedCurrency = await mendCurrency(page, office.getByLabel('Currency'));
  await keepMapping(page);
  const kept = await findingsInBothColours(page);
  await runImport(page, 'clients.csv');
  const counts = await importedCounts(page);
  const refused = await refusedRows(page);
  const report = await errorReport(page);
  const findings = [...form, ...kept, ...(await findingsInBothColours(page))];
  // What was chosen for a file is not for the next one; what was kept can be chosen.
  await page.reload();
  await chooseFile(page, { name: 'again.csv', content: content.replace('bob@example.test', 'robert@example.test') });
  await choose(page, 'Rows are', 'Accounts');
  await choose(page, 'Mapping', 'my-accounts');
  await runImport(page, 'again.csv');
  const again = await importedCounts(page);
  const warned = (await refusedRows(page)).slice(0, 1);
  await removeMapping(page);
  await page.getByLabel('Find an account').fill('X-2');
  await page.getByRole('option', { name: /X-2\s+Bob Baker\s+BOS/ }).click();
  await page.getByRole('heading', { name: 'Bob Baker' }).waitFor();
  await page.getByText('bob@example.test').waitFor();
  return { lacking, refusedCurrency, datesAsked, counts, refused, report, again, warned, findings };
}

/** Keeps the mapping on the screen under its name; it is then the one that is chosen. */
async function keepMapping(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Keep for next time' }).click();
  await page.getByText('my-accounts is kept.').waitFor();
  await page.getByLabel('Mapping').getByText('my-accounts').waitFor();
}

/** Removes the kept mapping that is chosen. */
async function removeMapping(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog', { name: 'Remove my-accounts?' }).getByRole('button', { name: 'Remove' }).click();
  await page.getByText('my-accounts is removed.').waitFor();
}

/** Sends a currency that is none, and mends it. */
async function mendCurrency(page: Page, currency: Locator): Promise<string[]> {
  await currency.fill('US');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('What is marked above has to be mended first.').waitFor();
  const beside = await hintOf(page, 'Currency');
  await currency.fill('USD');
  await page.getByText('What is marked above').waitFor({ state: 'detached' });
  return [beside, await page.getByRole('alert').filter({ hasText: 'refused' }).innerText()];
}

/** Sends a file whose header is written in another encoding; answers what is said of it. */
export async function importOtherEncoding(page: Page): Promise<string> {
  await page.goto('/imports');
  const buffer = Buffer.from('\ufeffcountryCode,customerID', 'utf16le');
  await page.locator('input[type="file"]').setInputFiles({ name: 'utf16.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const panel = page.getByRole('alert').filter({ hasText: 'header' });
  return (await panel.innerText()).replaceAll(/\s+/g, ' ');
}

async function errorReport(page: Page): Promise<string[]> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as CSV' }).click();
  const path = await (await download).path();
  return readFileSync(path, 'utf8').trim().split('\r\n');
}
