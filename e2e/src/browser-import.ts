import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { choose } from './browser-ledger.js';
import { settled } from './browser.js';

/** A file of receivables: its path, or its name and what is in it. */
export type Receivables = string | { name: string; content: string };

/** Uploads a file on the import page with the published data's mapping, and waits until its result is there. */
export async function uploadReceivables(page: Page, file: Receivables): Promise<void> {
  await startUpload(page, file);
  const result = resultCard(page, typeof file === 'string' ? basename(file) : file.name);
  await result.getByRole('link', { name: 'Go to the Collections report' }).waitFor({ timeout: 90_000 });
  await settled(page);
}

/** Uploads a file; ends when its booking has begun. */
export async function startUpload(page: Page, file: Receivables): Promise<void> {
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await chooseFile(page, file);
  await page.getByLabel('Mapping').getByText('late-payment-histories').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.waitForURL('**/imports/*');
}

/** Chooses what the rows of a file are, the file, and, for a mapping of one's own, the column of each field. */
export async function mapColumns(
  page: Page,
  kind: string,
  file: { name: string; content: string },
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto('/imports');
  await page.getByLabel('Mapping').getByText('late-payment-histories').waitFor();
  await choose(page, 'Rows are', kind);
  await choose(page, 'Mapping', 'Choose the columns…');
  await page.getByText('Choose a file first: its columns are read from its first line.').waitFor();
  await chooseFile(page, file);
  for (const [field, column] of Object.entries(columns)) await choose(page, field, column);
}

/** Starts the import that is set up on the screen, and waits until its result is there. */
export async function runImport(page: Page, fileName: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await resultCard(page, fileName).getByRole('link', { name: 'Go to the Collections report' }).waitFor();
  await settled(page);
}

/** The lines of the error report: line, column, value, reason, outcome. */
export async function refusedRows(page: Page): Promise<string[]> {
  const rows = page.getByRole('table', { name: 'Refused and doubtful rows' }).locator('tbody tr');
  await rows.first().waitFor();
  return (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

/** Gives a file to the page as a person chooses one. */
export async function chooseFile(page: Page, file: Receivables): Promise<void> {
  await page
    .locator('input[type="file"]')
    .setInputFiles(
      typeof file === 'string' ? file : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.content) },
    );
}

/** The tiles of the import on the screen: "Rows 3 Booked 1 …". */
export async function importedCounts(page: Page): Promise<string> {
  const card = await page.locator('.MuiCard-root', { hasText: 'Known before' }).first().innerText();
  return /Rows [\d,]+ .* Warnings [\d,]+/.exec(card.replaceAll(/\s+/g, ' '))?.[0] ?? card;
}

function resultCard(page: Page, fileName: string): Locator {
  return page.locator('.MuiCard-root', { has: page.getByRole('heading', { name: fileName }) });
}
