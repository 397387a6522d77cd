import { describe, expect, it } from '@jest/globals';
import type { PlannedFailure } from '@recoup/tools/trial-system';
import { endedBy } from './fault.js';

const planned: PlannedFailure = { failpoint: 'relay-acked', pid: 7 };
const limitMs = 200;

/** A system whose ledger left that note, if any, and runs now as that process. */
function system(note: PlannedFailure | undefined, pid: number) {
  return { failureOf: () => note, pid: () => pid };
}

describe('A planned failure', () => {
  it('happened when the process that had the plan ended itself there and another runs now', async () => {
    await expect(endedBy(system(planned, 8), 'ledger', planned, limitMs)).resolves.toBeUndefined();
  });

  it('did not happen when the process lives on', async () => {
    const check = endedBy(system(undefined, 7), 'ledger', planned, limitMs);
    await expect(check).rejects.toThrow('ledger (process 7) never ended itself at relay-acked');
  });

  it('did not happen when another process runs, but none ended itself', async () => {
    await expect(endedBy(system(undefined, 8), 'ledger', planned, limitMs)).rejects.toThrow('never ended itself');
  });

  it('did not happen when another process, or at another place, ended itself', async () => {
    const other = endedBy(system({ ...planned, pid: 6 }, 8), 'ledger', planned, limitMs);
    await expect(other).rejects.toThrow('the process of ledger that ended itself is: 7, found 6');
    const elsewhere = endedBy(system({ ...planned, failpoint: 'chunk-committed' }, 8), 'ledger', planned, limitMs);
    await expect(elsewhere).rejects.toThrow('relay-acked, found chunk-committed');
  });

  it('is not over while no other process runs in its place', async () => {
    const check = endedBy(system(planned, 7), 'ledger', planned, limitMs);
    await expect(check).rejects.toThrow('ledger (process 7) was not replaced');
  });
});
