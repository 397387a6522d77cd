import { expect } from '@jest/globals';
import type { TrialSystem } from '@recoup/tools/trial-system';
import kafkajs from 'kafkajs';
import type { Page } from 'playwright-core';
import { hintOf, kept, submit } from './browser-ledger.js';
import { findings, findingsInBothColours } from './browser.js';
import { Client, eventually } from './client.js';

/** Looks at the parked messages of every service; none waits anywhere. */
export async function readNoParkedMessages(page: Page): Promise<void> {
  for (const service of ['Ledger', 'Precollections', 'Messaging']) {
    await page.getByRole('tab', { name: service }).click();
    await page.getByRole('tabpanel', { name: service }).getByText(`No message waits in ${service}`).waitFor();
  }
}

/** Lets the ledger get a message that can't be read; only an administrator may give it up, and says why. */
export async function discardUnreadable(system: TrialSystem, supervisor: Page, administrator: Page): Promise<void> {
  await sendUnreadable(system);
  await untilParked(supervisor);
  expect(await supervisor.getByRole('button', { name: 'Replay' }).count()).toBe(1);
  expect(await supervisor.getByRole('button', { name: 'Discard…' }).count()).toBe(0);
  await untilParked(administrator);
  expect(await findingsInBothColours(administrator)).toEqual([]);
  await administrator.getByRole('button', { name: 'Discard…' }).click();
  const dialog = administrator.getByRole('dialog', { name: 'Discard a message' });
  await dialog.getByText('What it told stays missing in this service').waitFor();
  expect(await dialog.getByRole('button', { name: 'Discard', exact: true }).isDisabled()).toBe(true);
  expect(await hintOf(administrator, 'Reason')).toBe(kept);
  expect(await findings(administrator)).toEqual([]);
  await dialog.getByLabel('Reason').fill('Written by hand, never meant for us');
  await submit(administrator, 'Discard');
  await administrator.getByText('No message waits in Ledger').waitFor();
  const books = await Client.as(system, 'administrator');
  const lines = await books.get<{ after: object }[]>('ledger', 'audit', { filter: { action: 'discard-parked' } });
  expect(lines.map(({ after }) => after)).toEqual([{ reason: 'Written by hand, never meant for us' }]);
}

/** Opens the ledger's parked messages until the one that can't be read is among them. */
async function untilParked(page: Page): Promise<void> {
  await eventually(async () => {
    await page.goto('/parked-messages');
    await page.getByRole('tab', { name: 'Ledger' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Ledger' });
    await panel
      .getByText(/Can not be read|No message waits in Ledger/)
      .first()
      .waitFor();
    return (await panel.getByText('Can not be read').count()) > 0 ? true : undefined;
  });
}

/** Sends the ledger what is no command of anybody's. */
async function sendUnreadable({ ports }: TrialSystem): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: [`127.0.0.1:${ports.kafka}`], logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  try {
    await producer.send({ topic: 'recoup.ledger.commands', messages: [{ key: 'nobody', value: '{' }] });
  } finally {
    await producer.disconnect();
  }
}
