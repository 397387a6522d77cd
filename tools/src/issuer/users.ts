import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The four roles a token can carry; what each may do is decided by the services. */
export const roles = ['collector', 'supervisor', 'administrator', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** A person who may sign in at the local issuer. `offices` are office codes, or `["*"]` for all. */
export interface User {
  name: string;
  password: string;
  displayName: string;
  role: Role;
  offices: string[];
}

/** The users every local installation has; the password is the name. */
export const demoUsers: readonly User[] = [
  demoUser('collector', 'Casey Collector', 'collector'),
  demoUser('supervisor', 'Sam Supervisor', 'supervisor'),
  demoUser('supervisor2', 'Sky Supervisor', 'supervisor'),
  demoUser('administrator', 'Ada Administrator', 'administrator'),
  demoUser('auditor', 'Alex Auditor', 'auditor'),
];

function demoUser(name: string, displayName: string, role: Role): User {
  return { name, password: name, displayName, role, offices: ['*'] };
}

export function isRole(value: string): value is Role {
  return roles.some((role) => role === value);
}

/**
 * The user of that name: a demo user, or one of `<home>/issuer-users.json`, an array of
 * `{name, password, role, offices}`. The file is read each time, so that a user can be added while the issuer runs.
 */
export function findUser(home: string, name: string): User | undefined {
  return demoUsers.find((user) => user.name === name) ?? furtherUsers(home).find((user) => user.name === name);
}

/** The users of `<home>/issuer-users.json`; none when there is no such file. Throws with the reason when it is malformed. */
export function furtherUsers(home: string): User[] {
  const path = join(home, 'issuer-users.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed)) throw new Error(`${path} must hold a JSON array of users`);
  return parsed.map((entry: unknown, index) => parseUser(entry, `${path}, entry ${index + 1}`));
}

function parseUser(entry: unknown, where: string): User {
  const fields = new Map(Object.entries(entry !== null && typeof entry === 'object' ? entry : {}));
  const name: unknown = fields.get('name');
  const password: unknown = fields.get('password');
  const role: unknown = fields.get('role');
  const offices: unknown = fields.get('offices');
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name)) {
    throw new Error(`${where}: name must be 1 to 64 letters, digits, dots, dashes or underscores`);
  }
  if (typeof password !== 'string' || password === '') throw new Error(`${where}: password must be a text`);
  if (typeof role !== 'string' || !isRole(role)) throw new Error(`${where}: role must be one of ${roles.join(', ')}`);
  if (!Array.isArray(offices) || !offices.every((office) => typeof office === 'string')) {
    throw new Error(`${where}: offices must be an array of office codes, or ["*"]`);
  }
  return { name, password, displayName: name, role, offices };
}
