import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  confirm,
  offeredActions,
  preview,
  results,
  selectAllMatching,
  tiles,
  totalsByOffice,
  undo,
} from './browser-actions.js';
import { importedCounts, refusedRows, startUpload, uploadReceivables } from './browser-import.js';
import {
  allShownRows,
  figuresOf,
  openReport,
  rowsAPage,
  showAges,
  shownRows,
  shownTotals,
  untilReport,
} from './browser-report.js';
import { clickAtOnce, findings, findingsInBothColours, firstOf, openPage, requestsOf, settled } from './browser.js';
import { importWithOwnColumns } from './console-imports.js';
import { becomes, ConsoleWalk, walkLimitsMs } from './console-walk.js';
import { clientsOfAnotherSystem, openReceivablesWithBadRows, thirteenYearsOfReceivables } from './receivables.js';
import { demoData, expectedByOffice, expectedReport } from './recoup.js';

const summer = '2013-06-30';
const expected = expectedReport()
  .filter(({ asOf }) => asOf === summer)
  .map(({ asOf: _asOf, ...row }) => row)
  .toSorted((a, b) => (a.accountNumber < b.accountNumber ? -1 : 1));

/** What people do in the console, through every real service, on IBM's published receivables. */
describe('In the console', () => {
  const walk = new ConsoleWalk('console');
  let administrator: Page;
  let supervisor: Page;

  beforeAll(async () => {
    await walk.start();
    administrator = await walk.person('administrator');
    supervisor = await walk.person('supervisor');
  }, walkLimitsMs.start);

  afterAll(() => walk.stop(), walkLimitsMs.stop);

  it(
    'anybody can read the page on which one signs in',
    walk.step(async () => {
      const page = await openPage(walk.browser, walk.system.url);
      await page.goto('/');
      await page.getByLabel('User name').waitFor();
      expect(await findings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await findings(page)).toEqual([]);
      await page.context().close();
    }),
    walkLimitsMs.step,
  );

  it(
    'an administrator imports 2,466 invoices and makes a flag',
    walk.step(async () => {
      await uploadReceivables(administrator, demoData('late-payment-histories.csv'));
      expect(await importedCounts(administrator)).toBe('Rows 2,466 Booked 2,466 Known before 0 Refused 0 Warnings 0');
      await administrator.getByRole('link', { name: 'Flags', exact: true }).click();
      await administrator.getByRole('button', { name: 'New flag' }).first().click();
      await administrator.getByLabel('Name').fill('Watch');
      await administrator.getByLabel('Code').fill('watch');
      expect(await findings(administrator)).toEqual([]);
      await administrator.getByRole('button', { name: 'Save' }).click();
      await administrator.getByRole('cell', { name: 'Watch', exact: true }).waitFor();
      expect(await findingsInBothColours(administrator)).toEqual([]);
    }),
    walkLimitsMs.step,
  );

  it(
    'the report shows every account as of a day to the cent, page by page, and what they add up to',
    walk.step(async () => {
      await openReport(supervisor, summer);
      expect(await shownTotals(supervisor)).toContain('Total USD 52 accounts 5,119.85 USD');
      await showAges(supervisor);
      await rowsAPage(supervisor, 25);
      const rows = (await allShownRows(supervisor)).map(figuresOf);
      expect(rows.toSorted((a, b) => (a.accountNumber < b.accountNumber ? -1 : 1))).toEqual(expected);
      expect(rows.map(({ balance }) => balance)).toEqual(rows.map(({ balance }) => balance).toSorted((a, b) => b - a));
      expect(await findingsInBothColours(supervisor)).toEqual([]);
    }),
    walkLimitsMs.step,
  );

  it(
    'filters and the order stand in the address and outlive a reload',
    walk.step(async () => {
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
      const shown = async (): Promise<number[]> =>
        (await shownRows(supervisor)).map((row) => figuresOf(row).daysPastDue);
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
    }),
    walkLimitsMs.step,
  );

  it(
    'a limit that can not be read is said beside its field, and nothing is asked for until it is mended',
    walk.step(async () => {
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
    }),
    walkLimitsMs.step,
  );

  it(
    'all that match get a stage by preview and confirmation, and lose it by undo',
    walk.step(async () => {
      await openReport(supervisor, summer);
      expect(await selectAllMatching(supervisor, 52)).toMatch(/All 52 matching.*5,119\.85 USD/);
      await preview(supervisor, 'Update Stage', () => supervisor.getByRole('radio', { name: 'Pending' }).check());
      expect(await tiles(supervisor)).toBe('Selected 52 Eligible 52 Skipped 0 Done 0 Failed 0');
      expect(await totalsByOffice(supervisor)).toEqual(expectedByOffice(expected));
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      expect(await confirm(supervisor, 'Update stage')).toContain('Set the stage of 52 accounts to Pending');
      await supervisor.getByText('52 of 52', { exact: true }).waitFor();
      await becomes(() => tiles(supervisor), 'Selected 52 Eligible 52 Skipped 0 Done 52 Failed 0');
      const ended = async (): Promise<number> =>
        (await results(supervisor)).filter((line) => line.endsWith('Not Set Pending Done')).length;
      await becomes(ended, 50);
      const address = supervisor.url();
      await openReport(supervisor, summer);
      expect((await allShownRows(supervisor)).map((row) => row['Stage'])).toEqual(Array(52).fill('Pending'));
      await supervisor.goto(address);
      expect(await undo(supervisor)).toContain('Undo this on 52 accounts');
      await openReport(supervisor, summer);
      expect((await allShownRows(supervisor)).map((row) => row['Stage'])).toEqual(Array(52).fill('Not Set'));
    }),
    walkLimitsMs.step,
  );

  it(
    'who is about to confirm what somebody else confirms is told so, and asked no more',
    walk.step(async () => {
      const colleague = await walk.person('supervisor2');
      await openReport(supervisor, summer);
      await selectAllMatching(supervisor, 52);
      await preview(supervisor, 'Update Stage', () => supervisor.getByRole('radio', { name: 'Sent' }).check());
      await supervisor.getByRole('button', { name: 'Confirm…' }).click();
      const question = supervisor.getByRole('dialog', { name: 'Is this right?' });
      await question.waitFor();
      await colleague.goto(supervisor.url());
      await confirm(colleague, 'Update stage');
      await question.waitFor({ state: 'detached' });
      await supervisor.getByText('Somebody else confirmed or discarded this preview meanwhile.').waitFor();
      await becomes(() => tiles(supervisor), 'Selected 52 Eligible 52 Skipped 0 Done 52 Failed 0');
      expect(await supervisor.getByRole('button', { name: 'Confirm…' }).count()).toBe(0);
      await undo(colleague);
      await colleague.context().close();
    }),
    walkLimitsMs.step,
  );

  it(
    'a collector flags all that match and takes it back, and is offered no write-off; an auditor is offered nothing',
    walk.step(async () => {
      const collector = await walk.person('collector');
      await openReport(collector, summer);
      await rowsAPage(collector, 25);
      await selectAllMatching(collector, 52);
      const offered = await offeredActions(collector);
      expect(offered).toEqual(expect.arrayContaining(['Add / Remove Flags', 'Update Stage']));
      expect(offered).not.toContain('Write Off Balances');
      expect(offered).not.toContain('Send to ARM');
      await preview(collector, 'Add / Remove Flags', async () => {
        await collector.getByLabel('Flags to add').click();
        await collector.getByRole('option', { name: 'Watch' }).click();
        await collector.keyboard.press('Escape');
      });
      expect(await confirm(collector, 'Change flags')).toContain('Add Watch to 52 accounts');
      const address = collector.url();
      await openReport(collector, summer);
      expect((await shownRows(collector)).map((row) => row['Flags'])).toEqual(Array(25).fill('Watch'));
      await collector.goto(address);
      await undo(collector);
      await openReport(collector, summer);
      expect((await shownRows(collector)).map((row) => row['Flags'])).toEqual(Array(25).fill(''));
      await collector.context().close();

      const auditor = await walk.person('auditor');
      await openReport(auditor, summer);
      expect((await offeredActions(auditor)).filter((action) => !action.startsWith('Export'))).toEqual([]);
      expect(await auditor.getByRole('checkbox').count()).toBe(0);
      await auditor.goto(address);
      await auditor.getByRole('heading', { name: 'Add / Remove Flags' }).waitFor();
      expect(await auditor.getByRole('button', { name: /^(Undo|Confirm)…/ }).count()).toBe(0);
      await auditor.context().close();
    }),
    walkLimitsMs.step,
  );

  it(
    'an import with bad rows books the good ones and says what is wrong with the others',
    walk.step(async () => {
      await uploadReceivables(administrator, { name: 'open.csv', content: openReceivablesWithBadRows() });
      expect(await importedCounts(administrator)).toBe('Rows 1,932 Booked 1,930 Known before 0 Refused 2 Warnings 0');
      await becomes(async () => (await refusedRows(administrator)).length, 2);
      expect(await refusedRows(administrator)).toEqual([
        expect.stringMatching(/^1,?932 InvoiceAmount 55\.9\.4 Not an amount.*Refused/),
        expect.stringMatching(/^1,?933 InvoiceDate 13\/32\/2013 Not a date.*Refused/),
      ]);
      expect(await findingsInBothColours(administrator)).toEqual([]);
    }),
    walkLimitsMs.step,
  );

  it(
    'a file with columns of its own is mapped, imported and reported, and the same mapping takes it again',
    walk.step(async () => {
      const seen = await importWithOwnColumns(administrator, clientsOfAnotherSystem());
      expect(seen.lacking).toBe(true);
      expect(seen.counts).toBe('Rows 4 Booked 2 Known before 0 Refused 2 Warnings 0');
      expect(seen.refused).toEqual([
        expect.stringMatching(/^4 Zone Not a time zone .* Refused$/),
        expect.stringMatching(/^5 Branch NOWHERE Unknown office .* Refused$/),
      ]);
      expect(seen.report).toEqual([
        expect.stringMatching(/^\ufeff?line,/),
        expect.stringContaining('bad-time-zone'),
        expect.stringContaining('NOWHERE'),
      ]);
      expect(seen.findings).toEqual([]);
      expect(seen.again).toBe('Rows 4 Booked 0 Known before 2 Refused 2 Warnings 0');
    }),
    walkLimitsMs.step,
  );

  it(
    'a supervisor writes off what is open today, and undo brings it back',
    walk.step(async () => {
      await untilReport(supervisor, /52 accounts\s+5,119\.85/);
      const before = (await allShownRows(supervisor)).map(figuresOf);
      expect(before.reduce((sum, { balance }) => sum + balance, 0)).toBe(511_985);
      expect(before.reduce((sum, { openInvoices }) => sum + openInvoices, 0)).toBe(84);
      await openReport(supervisor);
      await selectAllMatching(supervisor, 52);
      await preview(supervisor, 'Write Off Balances');
      expect(await confirm(supervisor, 'Write off')).toContain('Write off 5,119.85 USD on 52 accounts');
      await becomes(() => tiles(supervisor), 'Selected 52 Eligible 52 Skipped 0 Done 52 Failed 0');
      const address = supervisor.url();
      await untilReport(supervisor, /No account had a balance on this day/);
      expect(await findings(supervisor)).toEqual([]);
      await supervisor.goto(address);
      expect(await undo(supervisor)).toContain('Undo 5,119.85 USD on 52 accounts');
      await untilReport(supervisor, /52 accounts\s+5,119\.85/);
      expect((await allShownRows(supervisor)).map(figuresOf)).toEqual(before);
    }),
    walkLimitsMs.step,
  );

  it(
    'what goes to ARM is listed, downloads as it lies in ARM’s folder, and adds up to the preview',
    walk.step(async () => {
      await openReport(supervisor);
      await selectAllMatching(supervisor, 52);
      await preview(supervisor, 'Send to ARM');
      await supervisor.getByText('What leaves the house can not be undone').waitFor();
      const question = await confirm(supervisor, 'Send to ARM');
      expect(question).toContain('Send 52 accounts with 5,119.85 USD to ARM and set the stage to Sent');
      await supervisor.getByRole('link', { name: 'Agency files', exact: true }).last().click();
      const row = supervisor.getByRole('row', { name: /ARM-1\.csv/ });
      await row.getByText('Delivered', { exact: true }).waitFor();
      expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/ 52 5,119\.85 USD /);
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      const [download] = await Promise.all([
        supervisor.waitForEvent('download'),
        supervisor.getByRole('link', { name: 'Download ARM-1.csv' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('ARM-1.csv');
      const folder = join(walk.system.home, 'agencies', 'ARM', 'out');
      expect(readdirSync(folder)).toEqual(['ARM-1.csv']);
      const [sent, downloaded] = [join(folder, 'ARM-1.csv'), await download.path()].map((path) => readFileSync(path));
      expect(downloaded?.toString()).toBe(sent?.toString());
      expect(
        sent
          ?.toString()
          .split('\n')
          .filter((line) => line.startsWith('D,')).length,
      ).toBe(52);
      await supervisor.getByRole('button', { name: 'Look at ARM-1.csv' }).click();
      await supervisor.getByText(/^H,/).waitFor();
      expect(await findings(supervisor)).toEqual([]);
      await supervisor.getByRole('button', { name: 'Close' }).click();
      await administrator.goto('/deliveries');
      await administrator.getByText('ARM-1.csv').waitFor();
      expect(await administrator.getByRole('columnheader', { name: 'File actions' }).count()).toBe(0);
      await supervisor
        .getByText(
          createHash('sha256')
            .update(sent ?? '')
            .digest('hex')
            .slice(0, 10),
        )
        .waitFor();
      await openReport(supervisor);
      expect((await allShownRows(supervisor)).map((line) => line['Stage'])).toEqual(Array(52).fill('Sent'));
    }),
    walkLimitsMs.step,
  );

  it(
    'an account’s page and the lists hold nothing that shuts people out',
    walk.step(async () => {
      await openReport(supervisor);
      const [first] = await shownRows(supervisor);
      const number = /\d{4}-[A-Z]{5}/.exec(first?.['Account'] ?? '')?.[0] ?? 'no account';
      await supervisor.getByRole('link', { name: number }).click();
      await supervisor.getByRole('heading', { name: number }).waitFor();
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      for (const tab of ['Transactions', 'Referrals', 'Timeline']) {
        await supervisor.getByRole('tab', { name: tab }).click();
        await settled(supervisor);
        expect(await findings(supervisor)).toEqual([]);
      }
      for (const name of ['Bulk actions', 'Parked messages']) {
        await supervisor.getByRole('link', { name, exact: true }).click();
        await supervisor.getByRole('heading', { name, exact: true }).waitFor();
        expect(await findingsInBothColours(supervisor)).toEqual([]);
      }
      for (const service of ['Ledger', 'Precollections', 'Messaging']) {
        await supervisor.getByRole('tab', { name: service }).click();
        await supervisor.getByText(`No message waits in ${service}`).waitFor();
      }
    }),
    walkLimitsMs.step,
  );

  it(
    'on a telephone no page is wider than the screen',
    walk.step(async () => {
      const telephone = await walk.person('administrator', { viewport: { width: 390, height: 844 } });
      const [action] = await firstOf(telephone, 'collections/bulk-actions');
      const [account] = await firstOf(telephone, 'ledger/accounts');
      const lists = ['report', 'bulk-actions', 'deliveries', 'imports', 'flags', 'parked-messages'];
      for (const page of [...lists, `bulk-actions/${action?.id}`, `accounts/${account?.id}`]) {
        await telephone.goto(`/${page}`);
        await telephone.getByRole('heading').first().waitFor();
        await settled(telephone);
        expect([page, await telephone.evaluate('document.documentElement.scrollWidth')]).toEqual([page, 390]);
      }
      await telephone.context().close();
    }),
    walkLimitsMs.step,
  );

  it(
    'an import that takes long can be stopped, and says what stays of it',
    walk.step(async () => {
      await startUpload(administrator, { name: 'long.csv', content: thirteenYearsOfReceivables() });
      await administrator.getByRole('button', { name: 'Stop this import' }).click();
      await administrator.getByText('Stopped before its end.').waitFor();
      const [, rows = '', booked = ''] =
        /Rows ([\d,]+) Booked ([\d,]+)/.exec(await importedCounts(administrator)) ?? [];
      expect(rows).toBe('32,058');
      expect(Number(booked.replaceAll(',', ''))).toBeLessThan(32_058);
      expect(await administrator.getByRole('button', { name: 'Stop this import' }).count()).toBe(0);
      expect(await findingsInBothColours(administrator)).toEqual([]);
    }),
    walkLimitsMs.step,
  );
});
