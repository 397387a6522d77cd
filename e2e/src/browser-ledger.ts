import type { Page } from 'playwright-core';
import { settled } from './browser.js';
import { eventually } from './client.js';

/** What stands below a field whose words no erasure reaches. */
export const kept = 'Stays for ever, even when the account is erased: no names.';

/** A row of a table as the screen shows it: heading → text. */
export type FigureRow = Readonly<Record<string, string>>;

function isTotal([first = '']: string[]): boolean {
  return first.startsWith('Total ');
}

/** The rows of a report on the books, and its line of totals under `Total <currency>`. */
export async function figures(page: Page, report: string): Promise<{ rows: FigureRow[]; totals: FigureRow[] }> {
  await settled(page);
  const table = page.getByRole('table', { name: report });
  await table.locator('tbody tr').first().waitFor();
  await settled(page);
  // All at once: the columns of another span of days could come between the headings and the rows.
  const [headings = [], ...lines] = (await table.locator('tr').allInnerTexts()).map((row) =>
    row.split('\t').map((cell) => cell.replaceAll(/\s+/g, ' ').trim()),
  );
  const named = (cells: string[]): FigureRow =>
    Object.fromEntries(cells.map((cell, index) => [headings[index] ?? '', cell]));
  return {
    rows: lines.filter((line) => !isTotal(line)).map(named),
    totals: lines.filter(isTotal).map(named),
  };
}

/** Opens an account's page on one of its tabs. */
export async function openAccount(page: Page, id: string, tab: string): Promise<void> {
  await page.goto(`/accounts/${id}`);
  await page.getByRole('tab', { name: tab }).click();
  await settled(page);
}

/** Chooses from the menu of the account's page, and waits for the window that opens. */
export async function beginOnAccount(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
}

/** Opens an invoice's lines and begins something on the line of a payer. */
export async function beginOnLine(page: Page, invoice: string, payer: string, action: string): Promise<void> {
  const lines = page.getByRole('button', { name: `Lines of ${invoice}`, exact: true });
  if ((await lines.getAttribute('aria-expanded')) !== 'true') await lines.click();
  await page.getByRole('button', { name: `New on the line of ${payer}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
  await page.getByRole('dialog').waitFor();
  await settled(page);
}

/** The lines of an invoice: service, charged, payer, responsible since, open; of further payers the last three. */
export async function shownLines(page: Page, invoice: string): Promise<string[]> {
  const rows = page.getByRole('table', { name: `Lines of ${invoice}` }).locator('tbody tr');
  await rows.first().waitFor();
  return (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

/** What stands below a field. */
export async function hintOf(page: Page, field: string): Promise<string> {
  const id = await page.getByRole('textbox', { name: field }).getAttribute('aria-describedby');
  return id === null ? '' : page.locator(`[id="${id}"]`).innerText();
}

/** Chooses an option of a select field. */
export async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Presses the button of the window and waits until it has closed, which is when the service has booked it. */
export async function submit(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await settled(page);
}

/** The account's row of the trial balance of this year. */
export async function trialBalanceOf(page: Page, number: string): Promise<FigureRow | undefined> {
  await page.getByRole('link', { name: 'Trial balance' }).click();
  await page.getByRole('button', { name: /20\d\d – / }).click();
  await page.getByRole('button', { name: 'This year' }).click();
  const { rows } = await figures(page, 'Trial balance');
  return rows.find((row) => row['Account'] === number);
}

/** Referred, collected, recalled and outstanding of an account. */
export async function outstandingOf(page: Page, number: string): Promise<string[]> {
  await page.getByRole('link', { name: 'Outstanding by agency' }).click();
  await page.getByRole('heading', { name: 'Outstanding by agency' }).waitFor();
  const { rows } = await figures(page, 'Outstanding by agency');
  const row = rows.find((each) => each['Account'] === number) ?? {};
  return ['Referred', 'Collected', 'Recalled', 'Outstanding'].map((figure) => row[figure] ?? '');
}

/** Chooses a format from the menu of exports. */
export async function exportAs(page: Page, format: string): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: format }).click();
}

/** The account's card follows the ledger by events. */
export async function untilBalance(page: Page, accountId: string, balance: string): Promise<void> {
  await eventually(async () => {
    await page.goto(`/accounts/${accountId}`);
    await page.getByText('Balance today').waitFor();
    const card = page.locator('.MuiCard-root', { hasText: 'Balance today' }).first();
    return (await card.innerText()).replaceAll(/\s+/g, ' ').includes(`Balance today ${balance} USD`) ? true : undefined;
  });
}

/** The services that the account's page shows as having erased it. */
export async function erasedServices(page: Page): Promise<string[]> {
  const card = page.locator('.MuiCard-root', { has: page.getByRole('heading', { name: 'Personal data erased' }) });
  const lines = await card.getByRole('listitem').filter({ hasText: 'Erased' }).allInnerTexts();
  return lines.map((line) => line.split('\n')[0] ?? '');
}
