import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { choose, openAccount, shownLines } from './browser-ledger.js';
import { findings, findingsInBothColours, settled } from './browser.js';
import { Client, eventually } from './client.js';
import { readAccountMeanwhile, readAccountWhileHanging, readTimelineMeanwhile } from './console-outage.js';
import { ConsoleWalk, walkLimitsMs } from './console-walk.js';
import { makeOffice, owingAccount, type OwingAccount } from './ledger-accounts.js';
import { freezeAndRollBack, mendRefusedWriteOff, returnAndReverse } from './ledger-console-bookings.js';
import { eraseForEver } from './ledger-console-erasure.js';
import {
  insure,
  readOnTelephone,
  readResponsibilities,
  seeNoCodes,
  sortTransactions,
} from './ledger-console-payers.js';
import { referInSteps } from './ledger-console-referral-steps.js';
import { agency, collectAndRecall, column, readReferralInReports, referByHand } from './ledger-console-referral.js';

/** Procentive's article, step by step as its reader walks it, and what the books say afterwards (LED-41 to LED-43, CON-11). */
describe('With the ledger in the console', () => {
  const walk = new ConsoleWalk('ledger-console');
  let administrator: Page;
  let supervisor: Page;
  let books: Client;
  let first: OwingAccount;
  let second: OwingAccount;
  let third: OwingAccount;
  let fourth: OwingAccount;
  let fifth: OwingAccount;

  beforeAll(async () => {
    // A service that hangs is to be noticed within a test's time.
    await walk.start({ env: { ANSWER_WITHIN_SECONDS: '10', LONG_ANSWER_WITHIN_SECONDS: '20' } });
    books = await Client.as(walk.system, 'administrator');
    await makeOffice(books, 'CLINIC');
    first = await owingAccount(books, 'CLINIC', 'C-1', 12_000);
    second = await owingAccount(books, 'CLINIC', 'C-2', 8_000);
    third = await owingAccount(books, 'CLINIC', 'C-3', 8_000);
    fourth = await owingAccount(books, 'CLINIC', 'C-4', 5_000, { email: 'c4@example.test', language: 'es' });
    fifth = await owingAccount(books, 'CLINIC', 'C-5', 5_000);
    await insure(books, await Client.as(walk.system, 'supervisor'), fifth);
    administrator = await walk.person('administrator');
    supervisor = await walk.person('supervisor');
    await eventually(async () => {
      const { balance } = await books.get<{ balance: number }>('collections', `accounts/${fourth.id}`);
      return balance === 5_000 ? true : undefined;
    });
  }, walkLimitsMs.start);

  afterAll(() => walk.stop(), walkLimitsMs.stop);

  it(
    'an administrator makes a generic payer whose rules skip both checks',
    walk.step(async () => {
      await administrator.getByRole('link', { name: 'Payers', exact: true }).click();
      await settled(administrator);
      expect(await findingsInBothColours(administrator)).toEqual([]);
      await administrator.getByRole('link', { name: 'New payer' }).click();
      await choose(administrator, 'Payer type', 'Generic (SPRNT)');
      await administrator.getByLabel('Payer name').fill(agency);
      await administrator.getByLabel('Code').fill('COLLECT');
      expect(await findingsInBothColours(administrator)).toEqual([]);
      await administrator.getByRole('tab', { name: 'Rules' }).click();
      for (const rule of ['Skip group number check', 'Skip individual policy id check'])
        await administrator.getByRole('radiogroup', { name: rule }).getByRole('radio', { name: 'Yes' }).check();
      expect(await findingsInBothColours(administrator)).toEqual([]);
      await administrator.getByRole('button', { name: 'Save' }).click();
      const row = administrator.getByRole('row', { name: agency });
      await row.waitFor();
      expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toContain('Generic (SPRNT) Not asked for Not asked for');
    }),
    walkLimitsMs.step,
  );

  it(
    'a custom write-off appears as a field when the number is raised, and needs both of its names',
    walk.step(async () => {
      await administrator.getByRole('link', { name: 'Write-off settings' }).click();
      await administrator.getByText('No custom write-off is in use').waitFor();
      await choose(administrator, 'Number of custom write-offs in use', '2');
      await choose(administrator, 'Number of custom write-offs in use', '1');
      expect(await administrator.getByRole('group', { name: /^Custom write-off/ }).count()).toBe(1);
      await administrator.getByLabel('Name').fill(column);
      await administrator.getByText('Custom write-off 1 still needs its name and its plural.').waitFor();
      expect(await administrator.getByRole('button', { name: 'Change' }).isDisabled()).toBe(true);
      await administrator.getByLabel('Plural').fill(column);
      await administrator.getByRole('button', { name: 'Change' }).click();
      await administrator.getByText('The custom write-offs are changed').waitFor();
      expect(await findingsInBothColours(administrator)).toEqual([]);
    }),
    walkLimitsMs.step,
  );

  it(
    'a supervisor assigns the payer, books the payment of 0.00 with the write-off, queues the line and makes the invoice',
    walk.step(() => referByHand(supervisor, first)),
    walkLimitsMs.step,
  );

  it(
    'the trial balance shows the amount in the write-off’s column, and the agency’s outstanding shows it',
    walk.step(() => readReferralInReports(supervisor, first)),
    walkLimitsMs.step,
  );

  it(
    'a payment under the agency reduces what it holds, and a recall returns the rest to the account',
    walk.step(() => collectAndRecall(supervisor, first)),
    walkLimitsMs.step,
  );

  it(
    'the steps on one page and the one command book the same',
    walk.step(() => referInSteps(supervisor, books, second, third)),
    walkLimitsMs.step,
  );

  it(
    'what the account itself and what an insurer is responsible for stand side by side',
    walk.step(() => readResponsibilities(supervisor, fifth)),
    walkLimitsMs.step,
  );

  it(
    'the order of transactions stands in the address, so that a link and the way back keep it',
    walk.step(() => sortTransactions(supervisor, fifth)),
    walkLimitsMs.step,
  );

  it(
    'no code stands in the place of a name that is on its way',
    walk.step(() => seeNoCodes(supervisor, fifth)),
    walkLimitsMs.step,
  );

  it(
    'a returned payment opens what it paid and charges a fee; a write-off has the name the ledger tells, and is reversed',
    walk.step(() => returnAndReverse(supervisor, books, first)),
    walkLimitsMs.step,
  );

  it(
    'a freeze stops the account and its roll-back sets it back',
    walk.step(() => freezeAndRollBack(supervisor, books, first)),
    walkLimitsMs.step,
  );

  it(
    'what the ledger refuses of a write-off stands beside its field, in words and with what would be right',
    walk.step(() => mendRefusedWriteOff(supervisor, fourth)),
    walkLimitsMs.step,
  );

  it(
    'a service that is down takes only its own part of the timeline, which says so and asks again',
    walk.step(() => readTimelineMeanwhile(walk.system, supervisor, fourth.id)),
    walkLimitsMs.step,
  );

  it(
    'an account can be read from the ledger while the service that keeps its card is down',
    walk.step(() => readAccountMeanwhile(walk.system, supervisor, fourth.id)),
    walkLimitsMs.step,
  );

  it(
    'a service that hangs is told by its name after a time, and can be asked again',
    walk.step(() => readAccountWhileHanging(walk.system, supervisor, fourth.id)),
    walkLimitsMs.step,
  );

  it(
    'an administrator erases an account for ever, and everything that showed its name says so',
    walk.step(() => eraseForEver(administrator, supervisor, fourth)),
    walkLimitsMs.step,
  );

  it(
    'a used write-off can not be dropped; a collector is offered nothing of this, and a telephone shows all of it',
    walk.step(async () => {
      await administrator.goto('/write-off-settings');
      await administrator.getByText('Used', { exact: true }).waitFor();
      await administrator.getByRole('combobox', { name: 'Number of custom write-offs in use' }).click();
      expect(await administrator.getByRole('option', { name: '0', exact: true }).isDisabled()).toBe(true);
      await administrator.keyboard.press('Escape');

      const collector = await walk.person('collector');
      await openAccount(collector, first.id, 'Invoices');
      await collector.getByRole('button', { name: `Lines of ${first.invoice}` }).click();
      await shownLines(collector, first.invoice);
      expect(await collector.getByRole('button', { name: /^New on the line/ }).count()).toBe(0);
      expect(await collector.getByRole('button', { name: 'Actions', exact: true }).count()).toBe(0);
      expect(await collector.getByRole('link', { name: 'Write-off settings' }).count()).toBe(0);
      await collector.context().close();

      const telephone = await walk.person('administrator', { viewport: { width: 390, height: 900 } });
      for (const address of addressesOf(first.id)) {
        await telephone.goto(address);
        await telephone.getByRole('heading').first().waitFor();
        await settled(telephone);
        expect([address, await telephone.evaluate('document.documentElement.scrollWidth')]).toEqual([address, 390]);
        expect(await findings(telephone)).toEqual([]);
      }
      await readOnTelephone(telephone, fifth, third);
      await telephone.context().close();
    }),
    walkLimitsMs.step,
  );
});

function addressesOf(accountId: string): string[] {
  const account = `/accounts/${accountId}`;
  const tabs = ['transactions', 'payers', 'subscriptions'].map((tab) => `${account}?tab=${tab}`);
  const reports = ['payer', 'office', 'general-ledger'].map((by) => `/trial-balance?by=${by}`);
  const pages = ['/payers', '/payers/new', '/write-off-settings', '/trial-balance', '/agency-outstanding'];
  return [account, `${account}/refer`, ...tabs, ...pages, ...reports];
}
