import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { recoup } from '@recoup/e2e/recoup';
import { generateFile } from '@recoup/tools/recoup-cli/generate';
import { TrialSystem } from '@recoup/tools/trial-system';
import type { Bench } from './benches.js';

/** Invoices of an account in a load set, on average. */
const rowsPerAccount = 2.5;

/**
 * LED-60: a file of invoices by the command that people use, until its last row is projected everywhere; first a tenth of
 * the rows, then all of them, each in a Recoup of its own with all services up. The ratio is the ledger's peak of memory at
 * a tenth to that at all rows: 1.00 means that memory doesn't grow with the file. Linux only, whose /proc tells peaks.
 */
export const importRows: Bench = async ({ rows, seed }) => {
  const tenth = await peakOfImport(rows / 10, seed);
  const all = await peakOfImport(rows, seed);
  console.log(`ratio: ${(tenth / all).toFixed(2)}`);
};

/** Imports about so many rows; answers the most memory that the ledger's process held meanwhile, in MiB. */
async function peakOfImport(rows: number, seed: number): Promise<number> {
  const system = await TrialSystem.start();
  try {
    const file = join(system.home, 'rows.csv');
    const written = await generateFile(file, Math.round(rows / rowsPerAccount), seed, new Date());
    const pid = system.pid('ledger');
    const idle = forgetPeak(pid);
    const since = performance.now();
    await succeeds(system, 'import', file, '--mapping', 'recoup');
    const seconds = (performance.now() - since) / 1000;
    if (system.pid('ledger') !== pid) throw new Error('The ledger was started anew in the middle of the import');
    const peak = memory(pid, 'VmHWM');
    await succeeds(system, 'verify');
    const rate = Math.round(written / seconds);
    const load = loadavg()[0]?.toFixed(1);
    console.log(
      `${written} rows in ${seconds.toFixed(0)} s, ${rate} rows/s; ledger ${idle} MiB idle, ${peak} MiB at most; load ${load}`,
    );
    return peak;
  } finally {
    await system.stop();
  }
}

async function succeeds(system: TrialSystem, ...args: string[]): Promise<void> {
  const { status, stdout, stderr } = await recoup(system, ...args);
  if (status !== 0) throw new Error(`${stdout}${stderr.slice(0, 2000)}`);
}

/** Lets the kernel forget the peak of a process's memory; answers what it holds now, in MiB. */
function forgetPeak(pid: number): number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return memory(pid, 'VmRSS');
}

function memory(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}
