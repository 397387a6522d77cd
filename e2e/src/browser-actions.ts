import type { Page } from 'playwright-core';
import { settled } from './browser.js';

/** Ticks the page and goes on to all that match; answers what the banner says. */
export async function selectAllMatching(page: Page, count: number): Promise<string> {
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
  await page.getByRole('button', { name: `Select all ${count} matching` }).click();
  const banner = page.locator('[aria-live="polite"]', {
    has: page.getByRole('button', { name: 'Clear', exact: true }),
  });
  return (await banner.innerText()).replaceAll(/\s+/g, ' ');
}

/** The actions that the menu offers, exports included; none when there is no menu. */
export async function offeredActions(page: Page): Promise<string[]> {
  const menu = page.getByRole('button', { name: 'Actions', exact: true });
  if ((await menu.count()) === 0) return [];
  await menu.click();
  const offered = await page.getByRole('menuitem').allInnerTexts();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  return offered.map((text) => text.split('\n')[0] ?? '');
}

/** Chooses an action for what is selected, fills in its parameters, and goes on to its preview. */
export async function preview(page: Page, action: string, fill: () => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
  await page.getByRole('dialog', { name: action }).waitFor();
  await fill();
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await page.waitForURL('**/bulk-actions/*');
  await page.getByRole('button', { name: 'Confirm…' }).waitFor();
  await settled(page);
}

/** Confirms the preview on the screen and waits for the end; answers what the dialog asked. */
export async function confirm(page: Page, button: string): Promise<string> {
  await page.getByRole('button', { name: 'Confirm…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Is this right?' });
  const question = (await dialog.innerText()).replaceAll(/\s+/g, ' ');
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await ended(page);
  return question;
}

/** Undoes the action on the screen, by preview and confirmation like every action. */
export async function undo(page: Page): Promise<string> {
  const { pathname } = new URL(page.url());
  await page.getByRole('button', { name: 'Undo…' }).click();
  await page.waitForURL((url) => url.pathname !== pathname);
  await page.getByRole('heading', { name: /^Undo: / }).waitFor();
  return confirm(page, 'Undo');
}

/** What stands in the tiles of the action on the screen: "Selected 52 Eligible 52 …". */
export async function tiles(page: Page): Promise<string> {
  const card = page.locator('.MuiCard-root', { hasText: 'Selected' }).first();
  return (await card.innerText()).replaceAll(/\s+/g, ' ').replace(/ Currency.*/, '');
}

/** The lines of the totals by office: currency, office, accounts, balance as of the date, balance today. */
export async function totalsByOffice(page: Page): Promise<string[]> {
  const rows = await page.getByRole('table', { name: 'Totals by office' }).locator('tbody tr').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

/** What the list of accounts says of each: one line an account of the page that is shown. */
export async function results(page: Page): Promise<string[]> {
  await settled(page);
  const rows = await page.getByRole('table', { name: 'Accounts of this action' }).locator('tbody tr').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

async function ended(page: Page): Promise<void> {
  await page
    .locator('.MuiChip-root', { hasText: /^Completed$/ })
    .first()
    .waitFor();
  await settled(page);
}
