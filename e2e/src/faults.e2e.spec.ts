import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrialSystem } from '@recoup/tools/trial-system';
import { faults, quiet, seeded, survives } from './fault.js';
import { loadAccounts } from './load.js';

const accounts = 5000;
const seed = 20261122;

/** Whatever dies in the middle of a bulk write-off, it ends after the restart as if nothing had happened. */
describe('A bulk write-off', () => {
  let system: TrialSystem;

  beforeAll(async () => {
    system = await TrialSystem.start();
    await loadAccounts(system, accounts, seed);
    await quiet(system);
  }, 600_000);

  afterAll(async () => {
    await system.stop();
  }, 90_000);

  it.each(Object.keys(faults))(
    'survives: %s',
    async (name) => {
      const fault = faults[name];
      if (!fault) throw new Error(`no fault ${name}`);
      const ended = await survives(system, fault, seeded(seed));
      expect(ended.counts.done).toBeGreaterThan(accounts / 3);
    },
    600_000,
  );
});
