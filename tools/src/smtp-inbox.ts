import { mkdirSync, readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

const keptMessages = 1_000;
const maximumMessageBytes = 5_000_000;

export interface SmtpInbox {
  port: number;
  close(): Promise<void>;
}

/**
 * Accepts every e-mail and delivers none: each is kept in `<home>/mail` as `<instant>-<number>.eml`, as it came on the
 * wire after a line each for sender and recipients (`X-Envelope-From`, `X-Envelope-To`). The last 1,000 stay.
 * Port 0 chooses a free one.
 */
export async function startSmtpInbox(options: { port: number; home: string }): Promise<SmtpInbox> {
  const folder = join(options.home, 'mail');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .toSorted();
  let number = 0;
  const keep = async (message: Buffer): Promise<void> => {
    number += 1;
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${String(number).padStart(6, '0')}.eml`;
    await writeFile(join(folder, `${name}.part`), message, { mode: 0o600 });
    await rename(join(folder, `${name}.part`), join(folder, name));
    names.push(name);
    await Promise.all(
      names.splice(0, names.length - keptMessages).map((old) => rm(join(folder, old), { force: true })),
    );
  };
  const server = new SMTPServer({
    banner: 'Recoup inbox, delivers nothing',
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onAuth: (authentication, _session, callback) => callback(null, { user: authentication.username ?? 'anyone' }),
    size: maximumMessageBytes,
    onData: (stream, session, callback) => {
      const { mailFrom, rcptTo } = session.envelope;
      const sender = mailFrom === false ? '' : mailFrom.address;
      const envelope = `X-Envelope-From: ${sender}\r\nX-Envelope-To: ${rcptTo.map((to) => to.address).join(', ')}\r\n`;
      read(stream)
        .then((message) => keep(Buffer.concat([Buffer.from(envelope), message])))
        .then(
          () => callback(null),
          (error: unknown) => callback(error instanceof Error ? error : new Error('not kept')),
        );
    },
  });
  await new Promise<void>((done, reject) => {
    server.on('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      // A client that hangs up in the middle is no concern of ours, but an unheard error event would end the process.
      server.on('error', () => undefined);
      done();
    });
  });
  const address = server.server.address();
  const port = address !== null && typeof address === 'object' ? address.port : options.port;
  return { port, close: () => new Promise((done) => server.close(() => done())) };
}

/** The whole message. One above the size limit is refused with SMTP's 552, once its end has been read. */
async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) if (!stream.sizeExceeded) chunks.push(chunk);
  if (stream.sizeExceeded) {
    throw Object.assign(new Error(`A message is at most ${maximumMessageBytes} bytes`), { responseCode: 552 });
  }
  return Buffer.concat(chunks);
}

// Environment when started as a program: PORT, RECOUP_HOME.
if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const port = Number(process.env['PORT'] ?? 4025);
  try {
    const inbox = await startSmtpInbox({ port, home: process.env['RECOUP_HOME'] || '.recoup' });
    console.log(`SMTP inbox ready on port ${inbox.port}`);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => void inbox.close().then(() => process.exit(0)));
    }
  } catch (error) {
    console.error(`SMTP inbox: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
