import { setTimeout as sleep } from 'node:timers/promises';
import { watch, type ApiService } from './api.js';

const followers: readonly ApiService[] = ['collections', 'precollections', 'messaging'];
const pollMs = 250;

interface ProjectionState {
  readonly producer: string;
  readonly currentAsOf: string | null;
  readonly eventsBehind: number;
}

/**
 * Waits until every service that follows the ledger has applied what was committed there before `since` (real time).
 * @throws Error naming the service that hasn't caught up within the limit, and by how many events.
 */
export async function waitForProjections(since: Date, limitMs = 600_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (const service of followers) {
    for (;;) {
      const body = await watch<ProjectionState[]>(service, 'projection');
      const ledger = body.find(({ producer }) => producer === 'ledger');
      if (ledger?.currentAsOf && Date.parse(ledger.currentAsOf) >= since.getTime()) break;
      if (Date.now() > deadline) {
        throw new Error(
          `${service} has not caught up with the ledger: ${ledger?.eventsBehind ?? 'unknown'} events behind. Look at its parked messages.`,
        );
      }
      await sleep(pollMs);
    }
  }
}
