import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { confirm, preview, selectAllMatching } from './browser-actions.js';
import { allShownRows, openReport } from './browser-report.js';
import { findings, findingsInBothColours } from './browser.js';

/** Sends all accounts to ARM and compares the file: as listed, as downloaded, as it lies in ARM’s folder. */
export async function sendToArm(home: string, supervisor: Page, administrator: Page): Promise<void> {
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
  const folder = join(home, 'agencies', 'ARM', 'out');
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
  await supervisor.getByRole('button', { name: 'Filters', exact: true }).click();
  await supervisor.getByRole('combobox', { name: 'Agency' }).click();
  await supervisor.getByRole('option', { name: 'ARM', exact: true }).click();
  await supervisor.getByRole('button', { name: 'Show accounts' }).click();
  await supervisor.getByText('Agency: ARM').waitFor();
  expect((await allShownRows(supervisor)).map((line) => line['Stage'])).toEqual(Array(52).fill('Sent'));
}
