import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSmtpInbox, type SmtpInbox } from './smtp-inbox.js';

let home: string;
let inbox: SmtpInbox;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'recoup-smtp-'));
  inbox = await startSmtpInbox({ port: 0, home });
});
afterAll(async () => {
  await inbox.close();
  rmSync(home, { recursive: true });
});

/** Says one line after another, each when the server has answered the one before; returns the answers. */
function converse(lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(inbox.port, '127.0.0.1');
    let answers = '';
    socket.on('data', (data) => {
      answers += data.toString();
      const next = lines.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
    });
    socket.on('close', () => resolve(answers));
    socket.on('error', reject);
  });
}

it('keeps a message with its envelope, as it came', async () => {
  const message = 'Subject: Your invoice\r\n\r\nIt is overdue.\r\n.';
  const envelope = ['HELO test', 'MAIL FROM:<us@recoup.example>', 'RCPT TO:<anna@customer.example>', 'DATA'];
  const answers = await converse([...envelope, message, 'QUIT']);
  expect(answers).toContain('354 ');
  const [name = ''] = readdirSync(join(home, 'mail'));
  const kept = readFileSync(join(home, 'mail', name), 'utf8');
  expect(name).toMatch(/\.eml$/);
  expect(kept).toContain('X-Envelope-From: us@recoup.example\r\nX-Envelope-To: anna@customer.example\r\nSubject:');
  expect(kept).toContain('It is overdue.');
});
