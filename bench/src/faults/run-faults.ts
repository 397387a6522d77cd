import { faults, quiet, seeded, survives } from '@recoup/e2e/fault';
import { loadAccounts } from '@recoup/e2e/load';
import { TrialSystem } from '@recoup/tools/trial-system';

/**
 * `npm run faults -- <name> --seed S [--accounts N]`: one fault, or `all`, in the middle of a bulk write-off of that many
 * accounts; the same seed gives the same books and the same moment. Answers whether all was as it should be.
 */
export async function runFaults(name: string, seed: number, accounts: number): Promise<boolean> {
  const chosen = name === 'all' ? Object.keys(faults) : [name];
  const unknown = chosen.find((each) => !Object.hasOwn(faults, each));
  if (unknown !== undefined)
    throw new Error(`There is no fault ${unknown}. Use all, or one of: ${Object.keys(faults).join(', ')}.`);
  console.log(`${accounts} accounts, seed ${seed}`);
  const system = await TrialSystem.start();
  let survived = 0;
  try {
    await loadAccounts(system, accounts, seed);
    await quiet(system);
    for (const each of chosen) if (await survivesOne(system, each, seed)) survived += 1;
  } finally {
    await system.stop();
  }
  console.log(`${survived} of ${chosen.length} faults survived`);
  return survived === chosen.length;
}

async function survivesOne(system: TrialSystem, name: string, seed: number): Promise<boolean> {
  const fault = faults[name];
  if (!fault) return false;
  const since = performance.now();
  try {
    const { counts } = await survives(system, fault, seeded(seed));
    console.log(
      `${name}: survived, ${counts.done} items, ${((performance.now() - since) / 1000).toFixed(1)} s with its undo and both verifications`,
    );
    return true;
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
