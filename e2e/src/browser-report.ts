import type { Locator, Page } from 'playwright-core';
import { settled } from './browser.js';
import { eventually } from './client.js';
import type { ExpectedRow } from './recoup.js';

/** A row of the report as the screen shows it: heading → text. */
export type ShownRow = Readonly<Record<string, string>>;

const ageColumns = ['Current', '1–30 days', '31–60 days', '61–90 days', '91–120 days', 'Over 120 days'];

/** Opens the report as of a day, by the picker as a person does, not by the address. */
export async function openReport(page: Page, asOf?: string): Promise<void> {
  await page.goto('/report');
  const picker = page.getByRole('button', { name: /^As of/ });
  if (asOf !== undefined) {
    await picker.click();
    const dialog = page.getByRole('dialog', { name: 'As of date' });
    await dialog.getByLabel('As of date').fill(asOf);
    await dialog.getByLabel('As of date').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const day = new Date(asOf).toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
    await page.getByRole('button', { name: `As of ${day}` }).waitFor();
  }
  await settled(page);
}

/** Ticks the columns of the single ages in the column picker; the console keeps that for this browser. */
export async function showAges(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose columns' }).click();
  for (const column of ageColumns) await page.getByRole('checkbox', { name: column, exact: true }).check();
  await page.keyboard.press('Escape');
}

export async function rowsAPage(page: Page, rows: number): Promise<void> {
  await page.getByRole('combobox', { name: 'Rows a page' }).click();
  await page.getByRole('option', { name: String(rows), exact: true }).click();
  await settled(page);
}

/** The rows of the page that is shown; waits for the first, since a report that is about to load looks like an empty one. */
export async function shownRows(page: Page): Promise<ShownRow[]> {
  const table = page.getByRole('region', { name: 'Collections report' }).getByRole('table');
  await table.locator('tbody tr').first().waitFor();
  await settled(page);
  const [headings = []] = await cells(table.locator('thead tr'));
  const rows = await cells(table.locator('tbody tr'));
  return rows.map((row) => Object.fromEntries(row.map((text, index) => [headings[index] ?? '', text])));
}

/** The rows of all pages, from the first on, as a person leafs through them. */
export async function allShownRows(page: Page): Promise<ShownRow[]> {
  const rows: ShownRow[] = [];
  const next = page.getByRole('button', { name: 'Next page' });
  for (;;) {
    rows.push(...(await shownRows(page)));
    if (await next.isDisabled()) return rows;
    await next.click();
    await page.getByText(new RegExp(`^${rows.length + 1}–`)).waitFor();
  }
}

/** The line below the columns, as it is read out: what everything that matches adds up to. */
export async function shownTotals(page: Page): Promise<string> {
  await page.locator('tfoot tr').first().waitFor();
  await settled(page);
  const texts = await page.locator('tfoot').locator('th, td').allTextContents();
  return texts.filter((text) => text !== '').join(' ');
}

/** A shown row in the figures of the published expectation. */
export function figuresOf(row: ShownRow): Omit<ExpectedRow, 'asOf'> {
  return {
    accountNumber: row['Account'] ?? '',
    balance: minorUnits(row['Balance']),
    openInvoices: Number(row['Open invoices']),
    daysPastDue: Number(row['Days past due']),
    aging: ageColumns.map((column) => minorUnits(row[column])),
  };
}

function minorUnits(text = ''): number {
  return Number(/^[\d,]+\.\d\d/.exec(text)?.[0].replaceAll(/[,.]/g, '') ?? Number.NaN);
}

/** The texts of rows, asked for at once: cell by cell it would take a second a page. */
async function cells(rows: Locator): Promise<string[][]> {
  const texts = await rows.allInnerTexts();
  return texts.map((text) => text.split('\t').map((cell) => cell.replaceAll(/\s+/g, ' ').trim()));
}

/** The report follows the ledger by events: it is opened again until it shows them. */
export async function untilReport(page: Page, shows: RegExp): Promise<void> {
  await eventually(async () => {
    await openReport(page);
    await settled(page);
    return shows.test(await page.getByRole('main').innerText()) ? true : undefined;
  });
}
