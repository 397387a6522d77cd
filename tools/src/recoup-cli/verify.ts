import type { Client } from 'pg';
import { services, type Service } from '../ports.js';
import { compare, ledgerComparisons } from './comparisons.js';
import { tellContactKeys } from './contact-keys.js';
import { checkFlows } from './flows.js';
import { checkInvariants, type Violation } from './invariants.js';
import { openAsReader } from './open-as-reader.js';

/**
 * Checks the invariants of every database, compares the projections with the ledger, and the consumers' counts with what
 * Kafka holds. Figures may differ while events
 * are on their way: run it when the system is quiet. Answers whether everything holds.
 */
export async function verify(say: (line: string) => void): Promise<boolean> {
  const clients = new Map<Service, Client>();
  try {
    for (const service of services) clients.set(service, await openAsReader(service));
    const violations: Violation[] = [];
    for (const [service, client] of clients) {
      const checked = await checkInvariants(service, client);
      violations.push(...checked.violations);
      say(
        `${service}: ${checked.passed} invariants hold${checked.violations.length > 0 ? `, ${checked.violations.length} do not` : ''}`,
      );
    }
    violations.push(...(await compareProjections(clients, say)), ...(await checkFlows(clients, say)));
    await tellContactKeys(clients, say);
    for (const { service, title, offenders } of violations) {
      say(`${service} breaks ${title}`);
      for (const offender of offenders) say(`  ${JSON.stringify(offender)}`);
    }
    say(violations.length === 0 ? 'Everything holds.' : `${violations.length} checks failed.`);
    return violations.length === 0;
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

async function compareProjections(
  clients: ReadonlyMap<Service, Client>,
  say: (line: string) => void,
): Promise<Violation[]> {
  const owner = clients.get('ledger');
  const violations: Violation[] = [];
  for (const [service, follower] of clients) {
    if (service === 'ledger' || !owner) continue;
    let equal = 0;
    for (const comparison of ledgerComparisons) {
      const violation = await compare(service, comparison, owner, follower);
      if (violation) violations.push(violation);
      else equal += 1;
    }
    say(`${service}: ${equal} of ${ledgerComparisons.length} comparisons with the ledger are equal`);
  }
  return violations;
}
