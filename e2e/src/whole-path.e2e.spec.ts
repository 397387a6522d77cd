import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrialSystem } from '@recoup/tools/trial-system';
import { Client, eventually } from './client.js';
import { demoData, expectedReport, importDemoData, recoup } from './recoup.js';

const today = (): string => new Date().toISOString().slice(0, 10);

/** The whole path on IBM's published receivables: in by CSV, as of three dates, acted on by hundreds, out as ARM's file. */
describe('From a file of receivables to an agency’s file', () => {
  let system: TrialSystem;
  let supervisor: Client;

  beforeAll(async () => {
    system = await TrialSystem.start();
    supervisor = await Client.as(system, 'supervisor');
  }, 300_000);

  afterAll(async () => {
    await system.stop();
  }, 90_000);

  const summer = { asOf: '2013-06-30', filter: {} };

  it('imports 2,466 invoices of 100 accounts with their payments', async () => {
    const result = await recoup(
      system,
      'import',
      demoData('late-payment-histories.csv'),
      '--mapping',
      'late-payment-histories',
    );
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    expect(result.stdout).toContain('2466 rows: 2466 booked, 0 known before, 0 refused');
    const accounts = await supervisor.request('ledger', 'GET', 'accounts?range=[0,0]');
    expect(accounts.headers.get('content-range')).toMatch(/\/100$/);
    const invoices = await supervisor.request('ledger', 'GET', 'invoices?range=[0,0]');
    expect(invoices.headers.get('content-range')).toMatch(/\/2466$/);
  }, 180_000);

  it('changes nothing when the same file comes again', async () => {
    const before = await supervisor.report({ asOf: '2013-06-30' });
    const result = await recoup(
      system,
      'import',
      demoData('late-payment-histories.csv'),
      '--mapping',
      'late-payment-histories',
    );
    expect(result.stdout).toContain('2466 rows: 0 booked, 2466 known before, 0 refused');
    expect(await supervisor.report({ asOf: '2013-06-30' })).toEqual(before);
  }, 180_000);

  it('books the good rows of a file with bad ones, and lists the bad ones by line and column', async () => {
    const [header, first] = readFileSync(demoData('late-payment-histories.csv'), 'utf8').split(/\r?\n/);
    const good = (first ?? '').replace(/^(\d+,[^,]+,[^,]*),\d+,/, '$1,99000001,');
    const badAmount = good.replace('99000001', '99000002').replace(/,55\.94,/, ',55.9.4,');
    const badDate = good.replace('99000001', '99000003').replace(/,1\/2\/2013,/, ',13/32/2013,');
    const file = join(system.home, 'partly-bad.csv');
    writeFileSync(file, [header, badAmount, good, badDate].join('\n'));
    const result = await recoup(system, 'import', file, '--mapping', 'late-payment-histories');
    expect(result.status).toBe(2);
    expect(result.stdout).toContain('3 rows: 1 booked, 0 known before, 2 refused');
    expect(result.stderr).toMatch(/line 2, InvoiceAmount: /);
    expect(result.stderr).toMatch(/line 4, InvoiceDate: /);
    const misread = await recoup(system, 'import', file, '--mapping', file);
    expect([misread.status, misread.stderr]).toEqual([1, expect.stringContaining('is not JSON')]);
  }, 120_000);

  it.each(['2013-03-31', '2013-06-30', '2013-09-30'])(
    'reports every account as of %s to the cent',
    async (asOf) => {
      const expected = expectedReport().filter((row) => row.asOf === asOf);
      const dates = new Set(expectedReport().map((row) => row.asOf));
      if (!dates.has(asOf)) throw new Error(`The expectation holds ${[...dates].join(', ')}`);
      const rows = await supervisor.report({ asOf });
      const shown = rows.map(({ accountNumber, balance, openInvoices, daysPastDue, aging }) => ({
        asOf,
        accountNumber,
        balance,
        openInvoices,
        daysPastDue,
        aging: [
          aging.current,
          aging.days1to30,
          aging.days31to60,
          aging.days61to90,
          aging.days91to120,
          aging.daysOver120,
        ],
      }));
      expect(shown).toEqual(expected.toSorted((a, b) => (a.accountNumber < b.accountNumber ? -1 : 1)));
    },
    60_000,
  );

  it('sets the stage of all that match, shows it, and undoes it', async () => {
    const preview = await supervisor.preview('update-stage', summer, { stage: 'pending' });
    expect(preview.status).toBe('preview');
    const selected = expectedReport().filter((row) => row.asOf === '2013-06-30').length;
    expect(preview.counts).toMatchObject({ selected, eligible: selected, skipped: 0 });
    await supervisor.confirm(preview.id);
    expect(await supervisor.ended(preview.id)).toMatchObject({
      status: 'completed',
      counts: { done: selected, failed: 0 },
    });
    expect((await supervisor.report({ asOf: '2013-06-30', stage: 'pending' })).length).toBe(selected);
    const undone = await supervisor.undo(preview.id);
    expect(undone.counts.done).toBe(selected);
    expect(await supervisor.report({ asOf: '2013-06-30', stage: 'pending' })).toEqual([]);
  }, 120_000);

  it('adds a flag to all that match and takes it back', async () => {
    const administrator = await Client.as(system, 'administrator');
    await administrator.post('collections', 'flags', { code: 'watch', name: 'Watch', colour: '#b45309', active: true });
    const preview = await supervisor.preview('flags', summer, { add: ['watch'], remove: [] });
    await supervisor.confirm(preview.id);
    const done = await supervisor.ended(preview.id);
    expect(done.status).toBe('completed');
    expect((await supervisor.report({ asOf: '2013-06-30', flagsAny: ['watch'] })).length).toBe(done.counts.done);
    await supervisor.undo(preview.id);
    expect(await supervisor.report({ asOf: '2013-06-30', flagsAny: ['watch'] })).toEqual([]);
  }, 120_000);

  it('keeps every invariant', async () => {
    const verified = await eventually(async () => {
      const result = await recoup(system, 'verify');
      return result.status === 0 ? result : undefined;
    }).catch(() => recoup(system, 'verify'));
    expect(verified.stdout).toContain('Everything holds.');
  }, 120_000);

  it('parks nothing of what the ledger tells, from its first event on', async () => {
    for (const service of ['collections', 'precollections', 'messaging'] as const)
      expect(await supervisor.get(service, 'parked-messages', { filter: { waiting: true } })).toEqual([]);
  });
});

describe('What is open today', () => {
  let system: TrialSystem;
  let supervisor: Client;

  beforeAll(async () => {
    system = await TrialSystem.start();
    supervisor = await Client.as(system, 'supervisor');
    await importDemoData(system, 'open-receivables.csv');
  }, 300_000);

  afterAll(async () => {
    await system.stop();
  }, 90_000);

  it('is 84 invoices of 52 accounts, 5,119.85 in all', async () => {
    const rows = await supervisor.report({ asOf: today() });
    expect(rows.length).toBe(52);
    expect(rows.reduce((sum, row) => sum + row.openInvoices, 0)).toBe(84);
    expect(rows.reduce((sum, row) => sum + row.balance, 0)).toBe(511_985);
  }, 60_000);

  it('is written off through the ledger, followed by the report, and restored by undo', async () => {
    const before = await supervisor.report({ asOf: today() });
    const preview = await supervisor.preview('write-off', { asOf: today(), filter: {} }, {});
    expect(preview.totals).toMatchObject([{ currency: 'USD', amount: 511_985 }]);
    await supervisor.confirm(preview.id);
    expect(await supervisor.ended(preview.id)).toMatchObject({
      status: 'completed',
      counts: { done: 52, failed: 0, skipped: 0 },
    });
    await eventually(async () => ((await supervisor.report({ asOf: today() })).length === 0 ? true : undefined));
    const accounts = await supervisor.get<{ balance: number }[]>('ledger', 'accounts', { range: [0, 99] });
    expect(accounts.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
    expect(await supervisor.undo(preview.id)).toMatchObject({ status: 'completed', counts: { done: 52 } });
    const after = await eventually(async () => {
      const rows = await supervisor.report({ asOf: today() });
      return rows.length === before.length ? rows : undefined;
    });
    expect(after).toEqual(before);
  }, 120_000);

  it('goes to ARM as a file whose rows, count and sum equal the preview, and the stage becomes Sent', async () => {
    const preview = await supervisor.preview('send-to-arm', { asOf: today(), filter: {} }, {});
    await supervisor.confirm(preview.id);
    expect((await supervisor.ended(preview.id)).counts.done).toBe(52);
    const folder = join(system.home, 'agencies', 'ARM', 'out');
    const name = await eventually(async () => readdirSync(folder).find((file) => file.endsWith('.csv')));
    expect(name).toBe('ARM-1.csv');
    const bytes = readFileSync(join(folder, name));
    const lines = bytes.toString('utf8').trim().split(/\r?\n/);
    expect(lines[0]).toMatch(/^H,/);
    const rows = lines.filter((line) => line.startsWith('D,'));
    expect(rows.length).toBe(52);
    expect(lines.at(-1)).toMatch(/^T,52,.*5119\.85/);
    const [delivery] = await eventually(async () => {
      const found = await supervisor.get<{ id: string; status: string; checksum: string }[]>(
        'collections',
        'deliveries',
      );
      return found[0]?.status === 'delivered' ? found : undefined;
    });
    expect(delivery?.checksum).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await supervisor.report({ asOf: today(), stage: 'sent' })).length).toBe(52);
  }, 120_000);

  it('keeps every invariant', async () => {
    expect((await recoup(system, 'verify')).stdout).toContain('Everything holds.');
  }, 120_000);
});
