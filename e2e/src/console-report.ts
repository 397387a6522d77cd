import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { allShownRows, figuresOf, openReport, rowsAPage, showAges, shownRows, shownTotals } from './browser-report.js';
import { clickAtOnce, findings, findingsInBothColours, requestsOf } from './browser.js';
import { becomes } from './console-walk.js';
import { expectedReport } from './recoup.js';

/** The day on which 52 of the published accounts owe something. */
export const summer = '2013-06-30';
/** What they owe on it, in order of their numbers. */
export const expected = expectedReport()
  .filter(({ asOf }) => asOf === summer)
  .map(({ asOf: _asOf, ...row }) => row)
  .toSorted((a, b) => (a.accountNumber < b.accountNumber ? -1 : 1));

/** Leafs through the report as of a day and compares it with the published figures. */
export async function readReportToTheCent(supervisor: Page): Promise<void> {
  await openReport(supervisor, summer);
  expect(await shownTotals(supervisor)).toContain('Total USD 52 accounts 5,119.85 USD');
  await showAges(supervisor);
  await rowsAPage(supervisor, 25);
  const rows = (await allShownRows(supervisor)).map(figuresOf);
  expect(rows.toSorted((a, b) => (a.accountNumber < b.accountNumber ? -1 : 1))).toEqual(expected);
  expect(rows.map(({ balance }) => balance)).toEqual(rows.map(({ balance }) => balance).toSorted((a, b) => b - a));
  expect(await findingsInBothColours(supervisor)).toEqual([]);
}

/** Filters and sorts, and finds both again after a reload; clears them by one press and goes on with another. */
export async function filterAndReload(supervisor: Page): Promise<void> {
  await openReport(supervisor, summer);
  await supervisor.getByRole('button', { name: 'Filters' }).click();
  await supervisor.getByLabel('Balance from').fill('100');
  await supervisor.getByLabel('Days past due from').fill('3');
  expect(await findings(supervisor)).toEqual([]);
  await supervisor.getByRole('button', { name: 'Show accounts' }).click();
  await supervisor.getByRole('button', { name: 'Days past due', exact: true }).click();
  await supervisor.waitForURL(/sort=daysPastDue\.DESC/);
  const wanted = expected.filter(({ balance, daysPastDue }) => balance >= 10_000 && daysPastDue >= 3);
  const days = wanted.map(({ daysPastDue }) => daysPastDue).toSorted((a, b) => b - a);
  const shown = async (): Promise<number[]> => (await shownRows(supervisor)).map((row) => figuresOf(row).daysPastDue);
  await becomes(shown, days);
  await supervisor.reload();
  await supervisor.getByText('Balance from: 100.00').waitFor();
  await supervisor.getByText('Days past due from: 3').waitFor();
  await becomes(shown, days);
  expect(supervisor.url()).toMatch(/asOf=2013-06-30.*balanceMin=10000/);
  await supervisor.getByRole('img', { name: 'Remove the filter Days past due from' }).click();
  await supervisor.getByText('Days past due from: 3').waitFor({ state: 'detached' });
  const rich = expected.filter(({ balance }) => balance >= 10_000).length;
  await becomes(async () => (await shown()).length, rich);
  await clickAtOnce([
    supervisor.getByRole('button', { name: 'Clear filters' }),
    supervisor.getByRole('tab', { name: /^1–30/ }),
  ]);
  await supervisor.waitForURL(/bucket=days1to30/);
  await supervisor.getByText('Balance from: 100.00').waitFor({ state: 'detached' });
  const late = expected.filter(({ aging }) => (aging[1] ?? 0) > 0).length;
  await becomes(async () => (await shown()).length, late);
}

/** Types limits that can not be read, or contradict each other, and mends them. */
export async function mendUnreadableLimits(supervisor: Page): Promise<void> {
  await openReport(supervisor, summer);
  await supervisor.getByRole('button', { name: 'Filters', exact: true }).click();
  await supervisor.getByLabel('Balance from').fill('ten');
  await supervisor.getByLabel('Days past due from').fill('-5');
  await supervisor.getByText('Digits and at most the decimals of the currency').waitFor();
  await supervisor.getByText('Whole days, from 0 to 36,500').waitFor();
  expect(await findings(supervisor)).toEqual([]);
  const [address, asked] = [supervisor.url(), requestsOf(supervisor, '/api/collections/report')];
  const show = supervisor.getByRole('button', { name: 'Show accounts' });
  await show.click();
  await supervisor.getByLabel('Balance from').fill('100');
  await show.click();
  await supervisor.getByLabel('Days past due to').fill('3');
  await supervisor.getByLabel('Days past due from').fill('10');
  await supervisor.getByText('Must not be less than “from”').waitFor();
  await show.click();
  expect([supervisor.url(), asked.taken()]).toEqual([address, []]);
  await supervisor.getByLabel('Days past due from').fill('3');
  await show.click();
  await supervisor.waitForURL(/balanceMin=10000&daysPastDueMin=3&daysPastDueMax=3/);
  await becomes(async () => asked.taken().length > 0, true);
}
