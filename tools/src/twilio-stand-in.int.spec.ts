import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTwilioStandIn, type TwilioStandIn } from './twilio-stand-in.js';

let home: string;
let twilio: TwilioStandIn;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'recoup-twilio-'));
  twilio = await startTwilioStandIn({ port: 0, home });
});
afterAll(async () => {
  await twilio.close();
  rmSync(home, { recursive: true });
});

const authorization = `Basic ${Buffer.from('AC1:secret').toString('base64')}`;

async function post(resource: string, fields: Record<string, string>, headers: Record<string, string>) {
  const url = `${twilio.url}/2010-04-01/Accounts/AC1/${resource}.json`;
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('queues messages and calls as Twilio does, and keeps them', async () => {
  const message = await post('Messages', { To: '+15550100', From: '+15550199', Body: 'Überfällig' }, { authorization });
  expect(message).toMatchObject({ status: 201, body: { status: 'queued', to: '+15550100', account_sid: 'AC1' } });
  expect(message.body['sid']).toMatch(/^SM[0-9a-f]{32}$/);
  const call = await post('Calls', { To: '+15550100', From: '+15550199', Twiml: '<Response/>' }, { authorization });
  expect(call).toMatchObject({ status: 201, body: { sid: expect.stringMatching(/^CA[0-9a-f]{32}$/) } });
  const lines = readFileSync(join(home, 'twilio', 'messages.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const [first, second] = lines.map((line): unknown => JSON.parse(line));
  expect(first).toMatchObject({ sid: message.body['sid'], kind: 'message', fields: { Body: 'Überfällig' } });
  expect(second).toMatchObject({ kind: 'call' });
});

it('refuses with the codes of Twilio', async () => {
  expect(await post('Messages', { To: '+1' }, {})).toMatchObject({ status: 401, body: { code: 20_003 } });
  const noBody = await post('Messages', { To: '+1', From: '+2' }, { authorization });
  expect(noBody).toMatchObject({ status: 400, body: { code: 21_602 } });
  expect(await post('Faxes', {}, { authorization })).toMatchObject({ status: 404 });
  expect((await fetch(`${twilio.url}/health`)).status).toBe(200);
});
