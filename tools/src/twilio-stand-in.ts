import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const maximumBodyBytes = 64_000;

export interface TwilioStandIn {
  url: string;
  close(): Promise<void>;
}

/** One line of `<home>/twilio/messages.jsonl`: what was asked for, as the form fields came. */
interface Kept {
  sid: string;
  kind: 'message' | 'call';
  accountSid: string;
  at: string;
  fields: Record<string, string>;
}

/**
 * Answers as Twilio's REST API does for `POST /2010-04-01/Accounts/{sid}/Messages.json` and `Calls.json` (201, status
 * `queued`), with any Basic credentials of that account, and sends nothing. `GET /health` answers 200. Port 0 chooses a
 * free one.
 */
export async function startTwilioStandIn(options: { port: number; home: string }): Promise<TwilioStandIn> {
  const folder = join(options.home, 'twilio');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keep = (kept: Kept): Promise<void> =>
    appendFile(join(folder, 'messages.jsonl'), `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  const server = createServer((request, response) => {
    answer(request, response, keep).catch((error: unknown) => {
      console.error('Twilio stand-in:', error);
      refuse(response, 500, 20_500, 'An internal server error has occurred');
    });
  });
  await new Promise<void>((done, reject) => {
    server.once('error', reject).listen(options.port, '127.0.0.1', done);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : options.port;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

async function answer(request: IncomingMessage, response: ServerResponse, keep: (kept: Kept) => Promise<void>) {
  const [path = ''] = (request.url ?? '').split('?');
  if (path === '/health') return void response.writeHead(200).end('ok\n');
  const [, accountSid, resource] = /^\/2010-04-01\/Accounts\/(\w{1,64})\/(Messages|Calls)\.json$/.exec(path) ?? [];
  if (accountSid === undefined || request.method !== 'POST') {
    return refuse(response, 404, 20_404, `The requested resource ${path} was not found`);
  }
  if (!hasCredentials(request)) return refuse(response, 401, 20_003, 'Authenticate');
  const body = await readBody(request);
  if (body === undefined) return refuse(response, 413, 20_413, 'Request body too large');
  const fields = Object.fromEntries(new URLSearchParams(body));
  const kind = resource === 'Calls' ? 'call' : 'message';
  const problem = missingField(kind, fields);
  if (problem !== undefined) return refuse(response, 400, problem.code, problem.message);
  const sid = `${kind === 'call' ? 'CA' : 'SM'}${randomBytes(16).toString('hex')}`;
  await keep({ sid, kind, accountSid, at: new Date().toISOString(), fields });
  json(response, 201, {
    sid,
    account_sid: accountSid,
    status: 'queued',
    to: fields['To'],
    from: fields['From'] ?? null,
    date_created: new Date().toUTCString(),
    uri: path.replace('.json', `/${sid}.json`),
    ...(kind === 'message'
      ? { body: fields['Body'] ?? '', error_code: null, error_message: null, num_segments: '1' }
      : {}),
  });
}

/** Twilio's own codes and words for what a request lacks. */
function missingField(kind: 'message' | 'call', fields: Record<string, string>) {
  if (!fields['To']) return { code: kind === 'call' ? 21_201 : 21_604, message: "A 'To' phone number is required." };
  if (kind === 'call') {
    return fields['Url'] || fields['Twiml'] ? undefined : { code: 21_205, message: 'Url parameter is required.' };
  }
  if (!fields['From'] && !fields['MessagingServiceSid']) {
    return { code: 21_603, message: "A 'From' phone number is required." };
  }
  return fields['Body'] || fields['MediaUrl'] ? undefined : { code: 21_602, message: 'Message body is required.' };
}

function hasCredentials(request: IncomingMessage): boolean {
  const encoded = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return /^[^:]+:.+$/.test(Buffer.from(encoded, 'base64').toString('utf8'));
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number, code: number, message: string): void {
  json(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

// Environment when started as a program: PORT, RECOUP_HOME.
if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const port = Number(process.env['PORT'] ?? 4080);
  try {
    const standIn = await startTwilioStandIn({ port, home: process.env['RECOUP_HOME'] || '.recoup' });
    console.log(`Twilio stand-in ready at ${standIn.url}`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void standIn.close().then(() => process.exit(0)));
    }
  } catch (error) {
    console.error(`Twilio stand-in: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
