import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFree } from '@recoup/tools/ports';
import { gone, markOf, readMark, runs, signal, type ProcessMark } from '@recoup/tools/processes';
import { generateFile } from '@recoup/tools/recoup-cli/generate';
import { TrialSystem } from '@recoup/tools/trial-system';
import { Client, eventually } from './client.js';
import { demoData, recoup } from './recoup.js';

const receivables = demoData('open-receivables.csv');
const endLimitMs = 90_000;
const today = (): string => new Date().toISOString().slice(0, 10);

/** `npm start` on one home folder, again and again, however the run before it ended. */
describe('Started again on the same home folder', () => {
  let system: TrialSystem;
  let kept: string;

  beforeAll(async () => {
    system = await TrialSystem.start();
    const imported = await recoup(system, 'import', receivables, '--mapping', 'late-payment-histories');
    if (imported.status !== 0) throw new Error(imported.stdout + imported.stderr);
    kept = await books(system);
  }, 300_000);

  afterAll(async () => {
    await system?.stop();
  }, 90_000);

  it('SIGTERM leaves no process and no port taken, and the next start has the same books', async () => {
    const processes = marks(system);
    expect(processes.size).toBe(11);
    await system.stop(true);
    await expectNothingLeft(system, processes);
    for (const command of [['verify'], ['import', receivables, '--mapping', 'late-payment-histories']]) {
      const { status, stderr } = await recoup(system, ...command);
      expect([command[0], status, stderr]).toEqual([command[0], 1, expect.stringContaining('Start Recoup with "npm')]);
    }
    system = await TrialSystem.startIn(system.home, system.ports.console);
    expect(await books(system)).toBe(kept);
  }, 300_000);

  it('kill -9 of the launcher leaves no process, and the next start has the same books', async () => {
    const processes = marks(system);
    system.killLauncher();
    await expectNothingLeft(system, processes);
    system = await TrialSystem.startIn(system.home, system.ports.console);
    expect(await books(system)).toBe(kept);
  }, 300_000);

  it('kill -9 of everything loses nothing, not even what was acknowledged just before', async () => {
    const supervisor = await Client.as(system, 'supervisor');
    const preview = await supervisor.preview('update-stage', { asOf: today(), filter: {} }, { stage: 'pending' });
    await supervisor.confirm(preview.id);
    const processes = marks(system);
    killAtOnce(processes);
    await expectNothingLeft(system, processes);
    system = await TrialSystem.startIn(system.home, system.ports.console);
    const again = await Client.as(system, 'supervisor');
    expect(await again.ended(preview.id)).toMatchObject({ status: 'completed', counts: { done: 52, failed: 0 } });
    expect((await again.report({ asOf: today(), stage: 'pending' })).length).toBe(52);
    expect(await books(system)).toBe(kept);
    const verified = await eventually(async () => {
      const result = await recoup(system, 'verify');
      return result.status === 0 ? result : undefined;
    });
    expect(verified.stdout).toContain('Everything holds.');
  }, 300_000);

  it('kill -9 of the ledger in the middle of an import holds its command up, and no more', async () => {
    const file = join(system.home, 'load.csv');
    const rows = await generateFile(file, 2_000, 1, new Date());
    const administrator = await Client.as(system, 'administrator');
    const importing = recoup(system, 'import', file, '--mapping', 'recoup');
    await eventually(async () => {
      const imports = await administrator.get<{ fileName: string; status: string }[]>('ledger', 'imports');
      return imports.some(({ fileName, status }) => fileName === 'load.csv' && status === 'running') || undefined;
    });
    system.kill('ledger');
    const { status, stdout, stderr } = await importing;
    expect([status, stderr, stdout]).toEqual([
      0,
      '',
      `${rows} rows: ${rows} booked, 0 known before, 0 refused, 0 warnings.\n`,
    ]);
  }, 300_000);
});

/** What must not get lost: every account's figures in the ledger and in the report. */
async function books(system: TrialSystem): Promise<string> {
  const client = await Client.as(system, 'supervisor');
  const accounts = await client.get<{ number: string; balance: number }[]>('ledger', 'accounts', { range: [0, 199] });
  const rows = await client.report({ asOf: today() });
  const lines = [
    ...accounts.map(({ number, balance }) => `ledger ${number} ${balance}`),
    ...rows.map(({ accountNumber, balance, openInvoices }) => `report ${accountNumber} ${balance} ${openInvoices}`),
  ];
  if (rows.length === 0) throw new Error('The report shows nothing, so nothing would be compared');
  return lines.toSorted().join('\n');
}

/** The process of every part by its name, as the home folder records it, with the launcher. */
function marks(system: TrialSystem): Map<string, ProcessMark> {
  const folder = join(system.home, 'run');
  const found = new Map<string, ProcessMark>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const mark = readMark(join(folder, file));
    if (mark !== undefined && runs(mark)) found.set(file.replace('.json', ''), mark);
  }
  return found;
}

/** Ends every process as kill -9 would: launcher, keepers, parts, in this order, so that none of them can react. */
function killAtOnce(processes: Map<string, ProcessMark>): void {
  const launcher = processes.get('launcher');
  const parts = [...processes].filter(([name]) => name !== 'launcher').map(([, mark]) => mark);
  const keepers = parts.map(({ pid }) => markOf(parentOf(pid)));
  for (const mark of [launcher, ...keepers, ...parts]) if (mark !== undefined) signal(mark, 'SIGKILL');
}

function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
}

/** Waits until every process that was recorded has gone and nobody listens on any port of the system. */
async function expectNothingLeft(system: TrialSystem, processes: Map<string, ProcessMark>): Promise<void> {
  const left: string[] = [];
  for (const [name, mark] of processes) if (!(await gone(mark, endLimitMs))) left.push(name);
  expect(left).toEqual([]);
  // The threads of a killed process end a moment after it, and hold its port as long.
  await eventually(async () => ((await takenPorts(system)).length === 0 ? true : undefined)).catch(() => undefined);
  expect(await takenPorts(system)).toEqual([]);
}

async function takenPorts(system: TrialSystem): Promise<string[]> {
  const parts = Object.entries(system.ports);
  const free = await Promise.all(parts.map(([, port]) => isFree(port)));
  return parts.filter((_, index) => !free[index]).map(([name]) => name);
}
