import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '../config.js';
import { createConsoleServer } from '../console-server.js';
import { freePort, listen, startUpstream, type Upstream } from './upstream.js';

/** A console server with a real issuer and a stand-in for the services; `messaging` is down. */
export interface Installation {
  consoleUrl: string;
  issuerUrl: string;
  config: Config;
  upstream: Upstream;
  close(): Promise<void>;
}

export async function startInstallation(): Promise<Installation> {
  const home = mkdtempSync(join(tmpdir(), 'recoup-console-'));
  const port = await freePort();
  const consoleUrl = `http://127.0.0.1:${port}`;
  const issuer = await startIssuer(home, consoleUrl);
  const upstream = await startUpstream();
  writeFileSync(join(home, 'session.key'), randomBytes(32).toString('base64'));
  const config = readConfig({
    PORT: String(port),
    CONSOLE_URL: consoleUrl,
    LEDGER_URL: upstream.origin,
    COLLECTIONS_URL: upstream.origin,
    PRECOLLECTIONS_URL: upstream.origin,
    MESSAGING_URL: `http://127.0.0.1:${await freePort()}`,
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_SECRET: readFileSync(join(home, 'client-secret'), 'utf8'),
    SESSION_KEY_FILE: join(home, 'session.key'),
    ANSWER_WITHIN_SECONDS: '0.5',
    LONG_ANSWER_WITHIN_SECONDS: '1.5',
    RECOUP_TEST_CLOCK: 'on',
  });
  const { server, close } = createConsoleServer(config, builtApp(home));
  await listen(server, port);
  return {
    consoleUrl,
    issuerUrl: issuer.url,
    config,
    upstream,
    close: async () => {
      await close();
      await upstream.close();
      await issuer.stop();
      rmSync(home, { recursive: true });
    },
  };
}

/** The issuer as the local start runs it, a process of its own on a free port. */
async function startIssuer(home: string, consoleUrl: string): Promise<{ url: string; stop(): Promise<void> }> {
  const program = fileURLToPath(new URL('../../../../tools/dist/issuer/main.js', import.meta.url));
  const secretFile = join(home, 'client-secret');
  const env = {
    ...process.env,
    PORT: '0',
    RECOUP_HOME: home,
    CONSOLE_URL: consoleUrl,
    OIDC_CLIENT_SECRET_FILE: secretFile,
  };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /issuer ready at (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { url, stop: async () => void (child.kill(), await exited) };
  }
  throw new Error('The issuer ended before it was ready.');
}

function builtApp(home: string): string {
  const folder = join(home, 'app');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Recoup</title>');
  writeFileSync(join(folder, 'assets', 'index-4f2a.js'), 'export {};');
  return folder;
}
