import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { root } from '../home.js';
import type { Service } from '../ports.js';
import { stillStarting } from './still-starting.js';

/** A query that returns no row while its law holds, as a service's invariants file states it. */
export interface Invariant {
  readonly title: string;
  readonly query: string;
}

/** A law that does not hold, with the first offenders. */
export interface Violation {
  readonly service: Service;
  readonly title: string;
  readonly offenders: readonly unknown[];
}

const ownFiles = ['invariants.sql', 'invariants-bulk.sql'];
const offendersShown = 5;

/** Reads blocks that begin with `-- I1: sentence`, each followed by one query. */
export function parseInvariants(text: string): Invariant[] {
  return text
    .split(/^-- (?=I\d+)/m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      const query = block
        .slice(end + 1)
        .trim()
        .replace(/;\s*$/, '');
      return { title: block.slice(0, end).trim(), query };
    })
    .filter(({ query }) => query !== '');
}

/** The invariants of bus and audit, which each service has, of what it copies from the ledger, and of what it alone keeps. */
export function invariantsOf(service: Service): Invariant[] {
  const shared = ['invariants-bus.sql', 'invariants-audit.sql'].map((file) => join('libs', 'service-kit', file));
  if (service !== 'ledger') shared.push(join('libs', 'receivables', 'invariants-receivables.sql'));
  const own = ownFiles.map((file) => join('services', service, file)).filter((path) => existsSync(join(root, path)));
  return [...shared, ...own].flatMap((path) => parseInvariants(readFileSync(join(root, path), 'utf8')));
}

/**
 * Runs a service's invariants one by one; `passed` counts those that hold.
 * @throws Error that says so where the service is still starting
 */
export async function checkInvariants(
  service: Service,
  client: Client,
): Promise<{ passed: number; violations: Violation[] }> {
  const violations: Violation[] = [];
  const all = invariantsOf(service);
  for (const { title, query } of all) {
    const { rows } = await client.query(query).catch((error: unknown) => {
      throw stillStarting(service, error);
    });
    if (rows.length > 0) violations.push({ service, title, offenders: rows.slice(0, offendersShown) });
  }
  return { passed: all.length - violations.length, violations };
}
