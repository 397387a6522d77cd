import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  beginOnAccount,
  beginOnLine,
  choose,
  erasedServices,
  exportAs,
  figures,
  openAccount,
  outstandingOf,
  shownLines,
  submit,
  trialBalanceOf,
  untilBalance,
} from './browser-ledger.js';
import { openReport, shownRows } from './browser-report.js';
import { findings, findingsInBothColours, settled } from './browser.js';
import { Client, eventually } from './client.js';
import { becomes, ConsoleWalk, walkLimitsMs } from './console-walk.js';
import { bookedOn, makeOffice, owingAccount, type OwingAccount } from './ledger-accounts.js';

const agency = 'Collections Agency';
const column = 'Sent to Collections';

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

  beforeAll(async () => {
    await walk.start();
    books = await Client.as(walk.system, 'administrator');
    await makeOffice(books, 'CLINIC');
    first = await owingAccount(books, 'CLINIC', 'C-1', 12_000);
    second = await owingAccount(books, 'CLINIC', 'C-2', 8_000);
    third = await owingAccount(books, 'CLINIC', 'C-3', 8_000);
    fourth = await owingAccount(books, 'CLINIC', 'C-4', 5_000, { email: 'c4@example.test', language: 'es' });
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
    walk.step(async () => {
      await openAccount(supervisor, first.id, 'Payers');
      await supervisor.getByRole('button', { name: 'Assign payer' }).click();
      await choose(supervisor, 'Payer', agency);
      await supervisor.getByText('Its rules ask for nothing more.').waitFor();
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Save');
      await supervisor.getByRole('cell', { name: agency, exact: true }).first().waitFor();

      await supervisor.getByRole('tab', { name: 'Invoices' }).click();
      await beginOnLine(supervisor, first.invoice, 'Self', 'Create new payment…');
      await supervisor.getByLabel('Reference').fill('Sent in November');
      await supervisor.getByLabel('Amount').fill('0.00');
      await choose(supervisor, 'Transaction type of the write-off', column);
      await supervisor.getByLabel(`Write-off on ${first.invoice}`).fill('120.01');
      await supervisor.getByText('More than is open').waitFor();
      expect(await supervisor.getByRole('button', { name: 'Save payment' }).isDisabled()).toBe(true);
      await supervisor.getByRole('button', { name: 'Write off the full balance' }).click();
      expect(await supervisor.getByLabel(`Write-off on ${first.invoice}`).inputValue()).toBe('120.00');
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Save payment');
      await becomes(
        () => shownLines(supervisor, first.invoice),
        ['Therapy session Jan 3, 2026 120.00 The account itself Jan 5, 2026 0.00 USD New'],
      );

      await beginOnLine(supervisor, first.invoice, 'Self', 'Queue to a payer…');
      await choose(supervisor, 'Payer', agency);
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Queue');
      await becomes(async () => (await shownLines(supervisor, first.invoice)).length, 2);
      const [, held] = await shownLines(supervisor, first.invoice);
      expect(held).toMatch(new RegExp(`^${agency} .* 120.00 USD New$`));

      await beginOnAccount(supervisor, 'Create payer invoice…');
      await supervisor.getByText(`${agency} · 120.00`).waitFor();
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Create payer invoice');
      await supervisor.getByRole('tab', { name: 'Payers' }).click();
      await supervisor.getByRole('heading', { name: 'Payer invoices' }).waitFor();
      expect(await findingsInBothColours(supervisor)).toEqual([]);
    }),
    walkLimitsMs.step,
  );

  it(
    'the trial balance shows the amount in the write-off’s column, and the agency’s outstanding shows it',
    walk.step(async () => {
      const row = await trialBalanceOf(supervisor, first.number);
      expect(row).toMatchObject({ [column]: '-120.00', 'Closing balance': '0.00' });
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      for (const tab of ['By payer', 'By office', 'General ledger']) {
        await supervisor.getByRole('tab', { name: tab }).click();
        await settled(supervisor);
        expect(await findingsInBothColours(supervisor)).toEqual([]);
      }
      const { totals } = await figures(supervisor, 'General ledger');
      expect(totals[0]?.['Debits']).toBe(totals[0]?.['Credits']);
      expect(totals[0]).toMatchObject({ 'Closing balance': '0.00' });
      expect(await outstandingOf(supervisor, first.number)).toEqual(['120.00', '0.00', '0.00', '120.00']);
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      const [download] = await Promise.all([supervisor.waitForEvent('download'), exportAs(supervisor, 'CSV')]);
      expect(readFileSync((await download.path()) ?? '', 'utf8')).toContain('COLLECT,Collections Agency,C-1');
    }),
    walkLimitsMs.step,
  );

  it(
    'a payment under the agency reduces what it holds, and a recall returns the rest to the account',
    walk.step(async () => {
      await openAccount(supervisor, first.id, 'Invoices');
      await beginOnLine(supervisor, first.invoice, agency, 'Create new payment…');
      await supervisor.getByLabel('Amount').fill('120.01');
      await supervisor.getByText('More than this payer holds').waitFor();
      await supervisor.getByLabel('Amount').fill('50.00');
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Save payment');
      expect(await outstandingOf(supervisor, first.number)).toEqual(['120.00', '50.00', '0.00', '70.00']);

      await openAccount(supervisor, first.id, 'Invoices');
      await beginOnAccount(supervisor, 'Recall from agency…');
      await supervisor.getByText('the account owes 70.00').waitFor();
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Recall');
      expect(await outstandingOf(supervisor, first.number)).toEqual(['120.00', '50.00', '70.00', '0.00']);
      await untilBalance(supervisor, first.id, '70.00');
      const row = await trialBalanceOf(supervisor, first.number);
      expect(row).toMatchObject({ [column]: '-120.00', Recalls: '70.00', 'Closing balance': '70.00' });
    }),
    walkLimitsMs.step,
  );

  it(
    'the steps on one page and the one command book the same',
    walk.step(async () => {
      await supervisor.goto(`/accounts/${second.id}`);
      await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
      await supervisor.getByRole('menuitem', { name: 'Refer step by step…' }).click();
      await choose(supervisor, 'Agency', agency);
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      await supervisor.getByRole('button', { name: 'Assign', exact: true }).click();
      await supervisor.getByRole('button', { name: 'Next' }).click();
      await choose(supervisor, 'Custom write-off', column);
      await supervisor.getByText('To be written off: 80.00').waitFor();
      expect(await findings(supervisor)).toEqual([]);
      await supervisor.getByRole('button', { name: 'Save payment and write-off' }).click();
      await supervisor.getByText('1 line with 80.00').waitFor();
      await supervisor.getByRole('button', { name: 'Queue', exact: true }).click();
      await supervisor.getByRole('button', { name: 'Create invoice' }).click();
      await supervisor.getByText('The account owes nothing of it').waitFor();
      expect(await findingsInBothColours(supervisor)).toEqual([]);

      await openAccount(supervisor, third.id, 'Invoices');
      await beginOnAccount(supervisor, 'Refer to agency…');
      await choose(supervisor, 'Agency', agency);
      await choose(supervisor, 'Custom write-off', column);
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Refer');
      expect(await bookedOn(books, third.id)).toEqual(await bookedOn(books, second.id));
      const outstanding = await outstandingOf(supervisor, second.number);
      expect(outstanding).toEqual(['80.00', '0.00', '0.00', '80.00']);
      expect(await outstandingOf(supervisor, third.number)).toEqual(outstanding);
    }),
    walkLimitsMs.step,
  );

  it(
    'a returned payment opens what it paid and charges a fee; a write-off is reversed',
    walk.step(async () => {
      await openAccount(supervisor, first.id, 'Invoices');
      await beginOnLine(supervisor, first.invoice, 'Self', 'Create new payment…');
      await supervisor.getByLabel('Amount').fill('30.00');
      await supervisor.getByRole('radio', { name: 'By hand' }).check();
      await supervisor.getByLabel(`Payment on ${first.invoice}`).fill('30.00');
      await submit(supervisor, 'Save payment');
      await untilBalance(supervisor, first.id, '40.00');
      await supervisor.getByRole('tab', { name: 'Transactions' }).click();
      await supervisor.getByRole('button', { name: 'Actions on Payment' }).first().click();
      await supervisor.getByRole('menuitem', { name: 'Returned by the bank…' }).click();
      await supervisor.getByLabel('Charge a fee for the returned payment').check();
      await supervisor.getByRole('textbox', { name: 'Fee', exact: true }).fill('25.00');
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Return payment');
      await untilBalance(supervisor, first.id, '95.00');

      await beginOnAccount(supervisor, 'Write off…');
      await supervisor.getByLabel('Amount').fill('5.00');
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Write off');
      await untilBalance(supervisor, first.id, '90.00');
      await supervisor.getByRole('tab', { name: 'Transactions' }).click();
      await supervisor.getByRole('button', { name: 'Actions on Coupon' }).first().click();
      await supervisor.getByRole('menuitem', { name: 'Reverse…' }).click();
      await supervisor.getByLabel('Reason').fill('A mistake');
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Reverse');
      await untilBalance(supervisor, first.id, '95.00');
      expect(await findingsInBothColours(supervisor)).toEqual([]);
    }),
    walkLimitsMs.step,
  );

  it(
    'a freeze stops the account and its roll-back sets it back',
    walk.step(async () => {
      await books.post('ledger', 'subscriptions', {
        accountId: first.id,
        number: 'S-1',
        serviceTypeCode: 'service',
        startedOn: '2026-01-01',
        initialServiceDiscount: 1_500,
      });
      await openAccount(supervisor, first.id, 'Subscriptions');
      await supervisor.getByRole('button', { name: 'Freeze account' }).click();
      await choose(supervisor, 'Cancellation reason', 'Non-payment');
      await supervisor.getByLabel('Notes').fill('No answer since spring');
      expect(await findings(supervisor)).toEqual([]);
      await submit(supervisor, 'Freeze');
      await supervisor.getByText('No answer since spring').waitFor();
      await supervisor.getByRole('cell', { name: 'Frozen' }).waitFor();
      expect(await findingsInBothColours(supervisor)).toEqual([]);
      await supervisor.getByRole('button', { name: 'Roll back', exact: true }).click();
      await submit(supervisor, 'Roll back');
      await supervisor.getByRole('cell', { name: 'Active' }).waitFor();
    }),
    walkLimitsMs.step,
  );

  it(
    'what the ledger refuses of a write-off stands beside its field, in words and with what would be right',
    walk.step(async () => {
      await openAccount(supervisor, fourth.id, 'Invoices');
      await beginOnLine(supervisor, fourth.invoice, 'Self', 'Write off…');
      const effective = supervisor.getByLabel('Effective');
      await effective.fill('2026-01-04');
      await supervisor.getByLabel('Amount').fill('1.00');
      await supervisor.getByRole('dialog').getByRole('button', { name: 'Write off', exact: true }).click();
      await supervisor.getByText('What is marked above has to be mended first.').waitFor();
      await supervisor.getByText('This is before the day of the invoice. At least Jan 5, 2026.').waitFor();
      expect(await effective.getAttribute('aria-invalid')).toBe('true');
      expect(await supervisor.getByRole('dialog').innerText()).not.toContain('effectiveDate');
      expect(await findings(supervisor)).toEqual([]);
      await effective.fill('2026-01-05');
      await supervisor.getByText('This is before the day of the invoice').waitFor({ state: 'detached' });
      await submit(supervisor, 'Write off');
      await untilBalance(supervisor, fourth.id, '49.00');
    }),
    walkLimitsMs.step,
  );

  it(
    'a service that is down takes only its own part of the timeline, which says so and asks again',
    walk.step(async () => {
      await openAccount(supervisor, fourth.id, 'Invoices');
      walk.system.kill('messaging');
      await supervisor.getByRole('tab', { name: 'Timeline' }).click();
      const missing = supervisor.getByText('Messaging does not answer just now. What it recorded is missing here.');
      await missing.waitFor();
      expect(await supervisor.getByRole('tabpanel').innerText()).toMatch(/Written off[\s\S]*49\.00/);
      expect(await findings(supervisor)).toEqual([]);
      await walk.system.untilHealthy('messaging');
      await supervisor.getByRole('button', { name: 'Try again' }).click();
      await missing.waitFor({ state: 'detached' });
    }),
    walkLimitsMs.step,
  );

  it(
    'an administrator erases an account for ever, and everything that showed its name says so',
    walk.step(async () => {
      await openAccount(administrator, fourth.id, 'Invoices');
      await administrator.getByText('c4@example.test').waitFor();
      await beginOnAccount(administrator, 'Erase personal data…');
      const dialog = administrator.getByRole('dialog');
      expect(await dialog.innerText()).toMatch(
        /Goes for ever, in every service[\s\S]*Stays until its own retention ends/,
      );
      await choose(administrator, 'Reason', 'The customer asked for it');
      await administrator.getByLabel('Type C-4 to confirm').fill('C-5');
      await administrator.getByText('This is not the number of this account.').waitFor();
      expect(await dialog.getByRole('button', { name: 'Erase for ever' }).isDisabled()).toBe(true);
      expect(await findings(administrator)).toEqual([]);
      await administrator.getByLabel('Type C-4 to confirm').fill('C-4');
      await submit(administrator, 'Erase for ever');
      await becomes(() => erasedServices(administrator), ['Ledger', 'Collections', 'Precollections', 'Messaging']);
      await administrator.getByRole('heading', { name: 'C-4', exact: true }).waitFor();
      expect(await administrator.getByRole('main').innerText()).not.toMatch(/Client C-4|c4@example/);
      expect(await findingsInBothColours(administrator)).toEqual([]);
      await administrator.getByRole('tab', { name: 'Timeline' }).click();
      await administrator.getByText('Personal data erased').nth(1).waitFor();
      await administrator.getByLabel('Find an account').fill('C-4');
      await administrator.getByRole('option', { name: /C-4\s+Erased\s+CLINIC/ }).waitFor();

      const row = await trialBalanceOf(supervisor, fourth.number);
      expect(row).toMatchObject({ Name: 'Erased', 'Closing balance': '49.00' });
      await openReport(supervisor);
      const accounts = (await shownRows(supervisor)).map((shown) => shown['Account']);
      expect(accounts).toContain('C-4 Erased');
      await openAccount(supervisor, fourth.id, 'Invoices');
      await supervisor.getByRole('button', { name: 'Actions', exact: true }).click();
      expect(await supervisor.getByRole('menuitem', { name: /^Erase/ }).count()).toBe(0);
    }),
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
