import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliClientSecret } from './issuer/keys.js';
import { demoUsers, findUser, isRole, roles, type Role } from './issuer/users.js';

/** Where the issuer runs. By default RECOUP_HOME (`.recoup`) and port RECOUP_PORT (4000) + 5. */
export interface TokenSource {
  issuerUrl?: string;
  home?: string;
}

/** What to do where nothing answers. */
export const startFirst = 'Start Recoup with "npm start" first (RECOUP_PORT and RECOUP_HOME as there).';

const timeoutMilliseconds = 10_000;

/**
 * A bearer token, good for two hours, of a user with that role, from the running issuer.
 *
 * @param role collector, supervisor, administrator or auditor
 * @param user the number of the demo user with that role ("2" is supervisor2), or the name of a user of issuer-users.json
 * @throws Error that says what is wrong: unknown role, no such user, no issuer running
 */
export async function token(role: string, user = '1', source: TokenSource = {}): Promise<string> {
  const home = source.home ?? (process.env['RECOUP_HOME'] || '.recoup');
  const issuerUrl = source.issuerUrl ?? `http://127.0.0.1:${Number(process.env['RECOUP_PORT'] || 4000) + 5}`;
  if (!isRole(role)) throw new Error(`Unknown role "${role}". Use one of: ${roles.join(', ')}.`);
  const name = userName(home, role, user);
  if (!existsSync(join(home, 'keys', 'cli.key'))) throw new Error(notRunning(issuerUrl, home));
  const credentials = Buffer.from(`cli-${name}:${cliClientSecret(home, name)}`).toString('base64');
  let response: Response;
  try {
    response = await fetch(`${issuerUrl}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${credentials}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
  } catch {
    throw new Error(notRunning(issuerUrl, home));
  }
  const body = new Map(Object.entries((await response.json()) as Record<string, unknown>));
  const accessToken = body.get('access_token');
  if (typeof accessToken === 'string') return accessToken;
  const reason = `${String(body.get('error'))}: ${String(body.get('error_description'))}`;
  throw new Error(`The issuer at ${issuerUrl} refused (${reason}). Is RECOUP_HOME (${resolve(home)}) its home folder?`);
}

function userName(home: string, role: Role, user: string): string {
  const candidates = demoUsers.filter((candidate) => candidate.role === role);
  const found = /^\d+$/.test(user) ? candidates[Number(user) - 1] : findUser(home, user);
  if (found === undefined || found.role !== role) {
    const known = candidates.map((candidate, index) => `--user ${index + 1} (${candidate.name})`).join(', ');
    throw new Error(`There is no ${role} "${user}". Known: ${known}.`);
  }
  return found.name;
}

function notRunning(issuerUrl: string, home: string): string {
  return `No issuer of ${resolve(home)} answers at ${issuerUrl}. ${startFirst}`;
}

async function main(parameters: string[]): Promise<void> {
  const usage = `Usage: npm run -s token -- <${roles.join('|')}> [--user <number or name>]`;
  const [role, option, user, ...rest] = parameters;
  const optionIsRight = option === undefined || (option === '--user' && user !== undefined && rest.length === 0);
  if (role === undefined || !optionIsRight) throw new Error(usage);
  console.log(await token(role, user));
}

const startedAs = process.argv[1];
if (startedAs !== undefined && existsSync(startedAs) && realpathSync(startedAs) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
