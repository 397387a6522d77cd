import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql } from '@recoup/service-kit';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../../testing/test-ledger.js';
import { breakOffAt, rejectionsOf } from '../../testing/import-files.js';

const columns = 'officeCode,accountNumber,name,email,language,timeZone';
let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger();
  await ledger.importFile(
    'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\nNYC,Z0,Z0,2026-01-01,2026-02-01,1\n',
  );
});
afterAll(() => ledger.stop());

const book = (lines: string[], actor = supervisor) =>
  ledger.importFile([columns, ...lines].join('\n'), 'accounts', actor);
const names = async (like: string) =>
  (
    await rows<{ name: string }>(
      ledger.db(),
      sql`SELECT name FROM accounts WHERE number LIKE ${like} ORDER BY number COLLATE "C"`,
    )
  ).map(({ name }) => name);

describe('a file of accounts', () => {
  it('opens each once, without an invoice; the same file again, or other contact data, changes nothing', async () => {
    const lines = ['NYC,A1,"Smith, Ann",ann@example.com,en,America/New_York', 'MAD,A1,,,,', 'NYC,A1,Other,,,'];
    const done = await book(lines);
    expect(done.counts).toEqual({ rows: 3, booked: 2, known: 1, refused: 0, warnings: 0 });
    expect((await book(lines)).counts).toMatchObject({ booked: 0, known: 3 });
    expect((await book(['NYC,A1,Other,other@example.com,,'])).counts).toMatchObject({ booked: 0, known: 1 });
    expect((await names('A1')).toSorted()).toEqual(['A1', 'Smith, Ann']);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('reports bad rows by line and column, and books the rest', async () => {
    const done = await book(['ZZZ,B1,,,,', 'NYC,,,,,', 'NYC,B2,,,,Mars/Olympus', 'NYC,B3', 'NYC,B4,,,,']);
    expect(done.counts).toMatchObject({ booked: 1, refused: 4 });
    expect(await rejectionsOf(ledger.db(), done.id)).toEqual([
      [2, 'officeCode', 'ZZZ', 'unknown-office'],
      [3, 'accountNumber', '', 'missing-value'],
      [4, 'timeZone', null, 'bad-time-zone'],
      [5, null, null, 'wrong-field-count'],
    ]);
  });

  it('opens none in an office that isn’t the actor’s', async () => {
    const madrid = { ...supervisor, user: 'mia', offices: ['MAD'] };
    const done = await book(['NYC,C1,,,,', 'MAD,C1,,,,'], madrid);
    expect(done.counts).toMatchObject({ booked: 1, refused: 1 });
  });

  it('is booked once when a chunk breaks off in the middle', async () => {
    const { cut, done } = await breakOffAt(
      ledger.db(),
      (tx) =>
        run(
          tx,
          sql`INSERT INTO accounts (office_id, number, name, currency)
            SELECT id, 'D500', 'In the way', currency FROM offices WHERE code = 'NYC'`,
        ),
      () => book(Array.from({ length: 1_200 }, (_, n) => `NYC,D${n},,,,`)),
    );
    expect(cut).toBe(true);
    expect(done.counts).toMatchObject({ rows: 1_200, booked: 1_200 });
    expect(await names('D%')).toHaveLength(1_200);
    expect(await ledger.violations()).toEqual([]);
  });
});
