import { expect } from '@jest/globals';
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
import { allShownRows, figuresOf, openReport, rowsAPage, shownRows, untilReport } from './browser-report.js';
import { findings, findingsInBothColours } from './browser.js';
import { expected, summer } from './console-report.js';
import { becomes, type ConsoleWalk } from './console-walk.js';
import { expectedByOffice } from './recoup.js';

/** Gives all that match a stage, by preview and confirmation, and takes it back. */
export async function setStageAndUndo(supervisor: Page): Promise<void> {
  await supervisor.goto(`/report?asOf=${summer}&page=999`);
  await supervisor.getByText('51–52 of 52').waitFor();
  expect((await shownRows(supervisor)).length).toBe(2);
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
  expect(await undo(supervisor)).toMatch(/Undo “Set the stage of 52 accounts to Pending” of [^“”]+: 52 accounts/);
  await supervisor.getByRole('link', { name: 'the action undone' }).click();
  await supervisor.getByRole('link', { name: 'Undone', exact: true }).waitFor();
  await openReport(supervisor, summer);
  expect((await allShownRows(supervisor)).map((row) => row['Stage'])).toEqual(Array(52).fill('Not Set'));
}

/** Is about to confirm what a colleague confirms meanwhile. */
export async function confirmAfterAnother(walk: ConsoleWalk, supervisor: Page): Promise<void> {
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
}

/** Flags all that match as a collector and takes it back; sees what collectors and auditors are offered. */
export async function flagAsACollector(walk: ConsoleWalk): Promise<void> {
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
}

/** Writes off what is open today, and brings it back. */
export async function writeOffAndUndo(supervisor: Page): Promise<void> {
  await untilReport(supervisor, /52 accounts\s+5,119\.85/);
  const before = (await allShownRows(supervisor)).map(figuresOf);
  expect(before.reduce((sum, { balance }) => sum + balance, 0)).toBe(511_985);
  expect(before.reduce((sum, { openInvoices }) => sum + openInvoices, 0)).toBe(84);
  await openReport(supervisor);
  await selectAllMatching(supervisor, 52);
  await preview(supervisor, 'Write Off Balances');
  expect(await confirm(supervisor, 'Write off')).toContain('Write off 5,119.85 USD on 52 accounts');
  await becomes(() => tiles(supervisor), 'Selected 52 Eligible 52 Skipped 0 Done 52 Failed 0');
  await supervisor.getByText('Wrote off 5,119.85 USD on 52 accounts').first().waitFor();
  const address = supervisor.url();
  await untilReport(supervisor, /No account had a balance on this day/);
  expect(await findings(supervisor)).toEqual([]);
  await supervisor.goto(address);
  expect(await undo(supervisor)).toMatch(
    /Undo “Wrote off 5,119\.85 USD on 52 accounts” of [^“”]+: 5,119\.85 USD on 52 accounts/,
  );
  await untilReport(supervisor, /52 accounts\s+5,119\.85/);
  expect((await allShownRows(supervisor)).map(figuresOf)).toEqual(before);
}
