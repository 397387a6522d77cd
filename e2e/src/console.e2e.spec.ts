import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { importedCounts, refusedRows, startUpload, uploadReceivables } from './browser-import.js';
import { findings, findingsInBothColours, openPage } from './browser.js';
import { confirmAfterAnother, flagAsACollector, setStageAndUndo, writeOffAndUndo } from './console-actions.js';
import { sendToArm } from './console-agency-files.js';
import { importOtherEncoding, importWithOwnColumns } from './console-imports.js';
import { openWrongAddresses, readAccountAndLists, readOnATelephone } from './console-pages.js';
import { discardUnreadable } from './console-parked.js';
import { filterAndReload, mendUnreadableLimits, readReportToTheCent } from './console-report.js';
import { saveAfterTheSession } from './console-session.js';
import { becomes, ConsoleWalk, walkLimitsMs } from './console-walk.js';
import { clientsOfAnotherSystem, openReceivablesWithBadRows, thirteenYearsOfReceivables } from './receivables.js';
import { demoData } from './recoup.js';

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
    walk.step(() => readReportToTheCent(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'filters and the order stand in the address and outlive a reload',
    walk.step(() => filterAndReload(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'a limit that can not be read is said beside its field, and nothing is asked for until it is mended',
    walk.step(() => mendUnreadableLimits(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'all that match get a stage by preview and confirmation, and lose it by undo',
    walk.step(() => setStageAndUndo(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'who is about to confirm what somebody else confirms is told so, and asked no more',
    walk.step(() => confirmAfterAnother(walk, supervisor)),
    walkLimitsMs.step,
  );

  it(
    'a collector flags all that match and takes it back, and is offered no write-off; an auditor is offered nothing',
    walk.step(() => flagAsACollector(walk)),
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
    'a file that is written in another encoding is refused for just that',
    walk.step(async () => {
      expect(await importOtherEncoding(administrator)).toContain('The header, line 1, is not UTF-8.');
    }),
    walkLimitsMs.step,
  );

  it(
    'a file with columns of its own is mapped, imported and reported; the mapping is kept, and takes it again by its name',
    walk.step(async () => {
      const seen = await importWithOwnColumns(administrator, clientsOfAnotherSystem());
      expect(seen.lacking).toBe(true);
      expect(seen.refusedCurrency).toEqual([
        'Three capital letters of ISO 4217, such as USD.',
        'What was refused has been changed. Send it again.',
      ]);
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
      expect(seen.datesAsked).toBe(false);
      expect(seen.again).toBe('Rows 4 Booked 0 Known before 2 Refused 2 Warnings 1');
      expect(seen.warned).toEqual([
        expect.stringMatching(/^3 Mail Not what the account has, .* Known before, with a warning$/),
      ]);
    }),
    walkLimitsMs.step,
  );

  it(
    'a supervisor writes off what is open today, and undo brings it back',
    walk.step(() => writeOffAndUndo(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'what goes to ARM is listed, downloads as it lies in ARM’s folder, and adds up to the preview',
    walk.step(() => sendToArm(walk.system.home, supervisor, administrator)),
    walkLimitsMs.step,
  );

  it(
    'an account’s page and the lists hold nothing that shuts people out',
    walk.step(() => readAccountAndLists(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'an address that leads nowhere says so, and so does a report of no day',
    walk.step(() => openWrongAddresses(supervisor)),
    walkLimitsMs.step,
  );

  it(
    'what is filled in outlives the end of the session, and is saved once one has signed in again',
    walk.step(async () => {
      expect(await saveAfterTheSession(supervisor)).toBe(true);
    }),
    walkLimitsMs.step,
  );

  it(
    'a message that can not be read is given up by an administrator, with a reason, and by nobody else',
    walk.step(() => discardUnreadable(walk.system, supervisor, administrator)),
    walkLimitsMs.step,
  );

  it(
    'on a telephone no page is wider than the screen',
    walk.step(() => readOnATelephone(walk)),
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
