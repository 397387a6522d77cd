import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
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
  await page
    .locator('input[type="file"]')
    .setInputFiles(
      typeof file === 'string' ? file : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.content) },
    );
  await page.getByLabel('Mapping').getByText('late-payment-histories').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.waitForURL('**/imports/*');
}

/** The tiles of the import on the screen: "Rows 3 Booked 1 …". */
export async function importedCounts(page: Page): Promise<string> {
  const card = await page.locator('.MuiCard-root', { hasText: 'Known before' }).first().innerText();
  return /Rows [\d,]+ .* Warnings [\d,]+/.exec(card.replaceAll(/\s+/g, ' '))?.[0] ?? card;
}

function resultCard(page: Page, fileName: string): Locator {
  return page.locator('.MuiCard-root', { has: page.getByRole('heading', { name: fileName }) });
}
