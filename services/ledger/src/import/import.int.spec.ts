import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { row, rows, sql, transaction } from '@recoup/service-kit';
import { cancelImport } from './cancel-import.js';
import { recoup } from './mappings/recoup.js';
import { startImport } from './start-import.js';
import { columns } from '../testing/import-files.js';
import { supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger('2026-11-22T12:00:00.000Z');
});
afterAll(() => ledger.stop());

const rejectionsOf = (id: string) =>
  rows<{ line: number; column_name: string | null; value: string | null; reason: string; severity: string }>(
    ledger.db(),
    sql`SELECT line, column_name, value, reason, severity FROM import_rejections WHERE import_id = ${id} ORDER BY line, id`,
  );
const book = (lines: string[]) => ledger.importFile([columns, ...lines].join('\n'));
const invoice = (number: string) =>
  row<{ total: number; open_amount: number; balance: number; credit: number }>(
    ledger.db(),
    sql`SELECT i.total, i.open_amount, a.balance, a.credit FROM invoices i JOIN accounts a ON a.id = i.account_id WHERE i.number = ${number}`,
  );

describe('bad rows', () => {
  it('are reported with the line where they start, column and reason; the rest is booked', async () => {
    const done = await book([
      'NYC,B1,G1,2026-01-01,2026-02-01,10.00,,',
      'ZZZ,B1,G2,2026-01-01,2026-02-01,10.00,,',
      'NYC,"B',
      '2",G3,2026-01-01,2026-02-01,1.5,,',
      '',
      'NYC,,G4,2026-02-30,2026-02-01,1.234,,maybe',
      'NYC,B1,G5,2026-01-01,2026-02-01,-5,,',
      'TYO,B1,G6,2026-01-01,2026-02-01,1.5,,',
      'NYC,B1,G7,2026-11-23,2026-12-01,1.00,,',
      'NYC,B1,G8,2026-01-01',
      'NYC,B"1,G9,2026-01-01,2026-02-01,1.00,,',
      'MAD,B1,G10,2026-01-01,2026-02-01,0.00,2026-11-22,yes',
    ]);
    expect(done.status).toBe('completed-with-failures');
    expect(done.counts).toEqual({ rows: 10, booked: 2, known: 0, refused: 8, warnings: 0 });
    const found = await rejectionsOf(done.id);
    expect(found.map(({ line, column_name, value, reason }) => [line, column_name, value, reason])).toEqual([
      [3, 'officeCode', 'ZZZ', 'unknown-office'],
      [4, 'accountNumber', 'B\n2', 'control-character'],
      [7, 'accountNumber', '', 'missing-value'],
      [7, 'invoiceDate', '2026-02-30', 'bad-date'],
      [7, 'amount', '1.234', 'bad-amount'],
      [7, 'disputed', 'maybe', 'bad-value'],
      [8, 'amount', '-5', 'bad-amount'],
      [9, 'amount', '1.5', 'bad-amount'],
      [10, 'invoiceDate', '2026-11-23', 'future-date'],
      [11, null, null, 'wrong-field-count'],
      [12, null, null, 'unreadable'],
    ]);
    expect(await invoice('G1')).toMatchObject({ total: 1000 });
    expect(await invoice('G10')).toMatchObject({ total: 0, open_amount: 0 });
    expect(await ledger.violations()).toEqual([]);
  });

  it('that are not UTF-8 or hold U+0000 are refused, each by its line', async () => {
    const good = Buffer.from(`${columns}\nNYC,U1,U1,2026-01-01,2026-02-01,1,,\n`);
    const bad = Buffer.from([0x4e, 0x59, 0x43, 0x2c, 0xe9, 0x0a, 0x4e, 0x00, 0x0a]);
    const done = await ledger.importFile(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good, bad]));
    expect(done.counts).toMatchObject({ booked: 1, refused: 2 });
    expect((await rejectionsOf(done.id)).map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'unreadable'],
      [4, 'unreadable'],
    ]);
  });
});

describe('an invoice number that is known', () => {
  beforeEach(() => book(['NYC,K,K1,2026-01-01,2026-02-01,100.00,,yes']));

  it('with a settlement date newly given books the payment and ends the dispute; anything else is refused', async () => {
    const other = await book([
      'NYC,K,K1,2026-01-01,2026-02-01,100.01,,yes',
      'NYC,L,K1,2026-01-01,2026-02-01,100.00,,yes',
      'NYC,K,K1,2026-01-01,2026-02-01,100.00,,no',
    ]);
    expect((await rejectionsOf(other.id)).map((each) => [each.column_name, each.reason])).toEqual([
      ['amount', 'known-with-other-content'],
      ['accountNumber', 'known-with-other-content'],
      ['disputed', 'known-with-other-content'],
    ]);
    expect(await invoice('K1')).toMatchObject({ open_amount: 10_000, balance: 10_000 });
    const settled = await book(['NYC,K,K1,2026-01-01,2026-02-01,100.00,2026-03-01,yes']);
    expect(settled.counts).toMatchObject({ booked: 1 });
    expect(await invoice('K1')).toMatchObject({ open_amount: 0, balance: 0 });
    const dispute = await row(
      ledger.db(),
      sql`SELECT d.opened_on, d.settled_on FROM disputes d JOIN invoices i ON i.id = d.invoice_id WHERE i.number = 'K1'`,
    );
    expect(dispute).toEqual({ opened_on: '2026-01-01', settled_on: '2026-03-01' });
    const again = await book([
      'NYC,K,K1,2026-01-01,2026-02-01,100.00,2026-03-01,yes',
      'NYC,K,K1,2026-01-01,2026-02-01,100.00,2026-03-02,yes',
    ]);
    expect(again.counts).toMatchObject({ booked: 0, known: 1, refused: 1 });
  });

  it('that comes twice in one file is treated as if it came in two', async () => {
    const done = await book([
      'NYC,D,D1,2026-01-01,2026-02-01,5.00,,yes',
      'NYC,D,D1,2026-01-01,2026-02-01,5.00,,yes',
      'NYC,D,D1,2026-01-01,2026-02-01,6.00,,yes',
      'NYC,D,D1,2026-01-01,2026-02-01,5.00,2026-02-02,yes',
      'NYC,D,D1,2026-01-01,2026-02-01,5.00,2026-02-02,yes',
    ]);
    expect(done.counts).toMatchObject({ booked: 2, known: 2, refused: 1 });
    expect(await invoice('D1')).toMatchObject({ open_amount: 0, balance: 0, credit: 0 });
    expect(await ledger.violations()).toEqual([]);
  });
});

const startFrom = async (source: AsyncIterable<Buffer>) => {
  const given = { fileName: 'cancelled.csv', mapping: recoup, bytesMax: 1e9, source };
  const keyed = { actor: supervisor.user, method: 'POST', path: '/api/ledger/imports', input: {} };
  return startImport(ledger.db(), ledger, keyed, supervisor, given);
};
const left = (id: string | undefined) =>
  row<{ status: string; staged: number; chunks: number }>(
    ledger.db(),
    sql`SELECT status, (SELECT count(*) FROM import_rows WHERE import_id = r.id) AS staged,
               (SELECT count(*) FROM run_chunks WHERE run_id = r.id) AS chunks FROM runs r WHERE id = ${id ?? null}`,
  );

describe('an import that is cancelled', () => {
  it('while its file comes books nothing and leaves no staged row', async () => {
    let id: string | undefined;
    async function* source(): AsyncGenerator<Buffer> {
      const lines = Array.from({ length: 1_100 }, (_, n) => `NYC,Z,Z${n},2026-01-01,2026-02-01,1.00,,`);
      yield Buffer.from(`${[columns, ...lines].join('\n')}\n`);
      const found = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM runs WHERE status = 'previewing'`);
      id = found?.id;
      await transaction(ledger.db(), (tx) => cancelImport(tx, supervisor, id ?? ''));
      yield Buffer.from('NYC,Z,Zlast,2026-01-01,2026-02-01,1.00,,\n');
    }
    await expect(startFrom(source())).rejects.toMatchObject({ code: 'import-cancelled' });
    expect(await left(id)).toEqual({ status: 'cancelled', staged: 0, chunks: 0 });
    expect(await invoice('Z0')).toBeUndefined();
  });

  it('when it has ended is refused', async () => {
    const done = await book(['NYC,Z,Y1,2026-01-01,2026-02-01,1.00,,']);
    const cancelling = transaction(ledger.db(), (tx) => cancelImport(tx, supervisor, done.id));
    await expect(cancelling).rejects.toMatchObject({ code: 'already-ended' });
  });
});
