import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql, transaction } from '@recoup/service-kit';
import { eraseAccount } from '../../erasures/erase-account.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../../testing/test-ledger.js';
import { breakOffAt, findingsOf, rejectionsOf } from '../../testing/import-files.js';

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
    expect(done.counts).toEqual({ rows: 3, booked: 2, known: 1, refused: 0, warnings: 1 });
    expect((await book(lines)).counts).toMatchObject({ booked: 0, known: 3 });
    const other = await book(['NYC,A1,Other,other@example.com,,']);
    expect(other.counts).toMatchObject({ booked: 0, known: 1, warnings: 2 });
    expect((await names('A1')).toSorted()).toEqual(['A1', 'Smith, Ann']);
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('that gives other contact data than an account has is warned of it, once a chunk, and no value is kept', async () => {
    await book(['NYC,E1,Ann,Ann@Example.com,en,America/New_York', 'NYC,E2,,,,']);
    const same = ['NYC,E1,Ann,ann@example.com,,', 'NYC,E1,E1,,,', 'NYC,E2,E2,,,'];
    expect((await book(same)).counts).toMatchObject({ known: 3, refused: 0, warnings: 0 });
    const done = await book([
      'NYC,E1,Ann,bob@example.com,es,America/New_York',
      'NYC,E1,Ann,bob@example.com,es,America/New_York',
      'NYC,E2,Eve,,,',
      'NYC,E3,Dan,,,',
      'NYC,E3,Dora,,,',
      'NYC,E3,,,,',
    ]);
    expect(done).toMatchObject({ status: 'completed', counts: { booked: 1, known: 5, refused: 0, warnings: 4 } });
    expect(await findingsOf(ledger.db(), done.id)).toEqual([
      [2, 'email', null, 'contact-differs', 'warning', 'unchanged'],
      [2, 'language', null, 'contact-differs', 'warning', 'unchanged'],
      [4, 'name', null, 'contact-differs', 'warning', 'unchanged'],
      [6, 'name', null, 'contact-differs', 'warning', 'unchanged'],
    ]);
    expect(await names('E_')).toEqual(['Ann', 'E2', 'Dan']);
    expect(await rows(ledger.db(), sql`SELECT FROM accounts WHERE contact_sequence > 1`)).toEqual([]);
  });

  it('that gives contact data of an erased account is told that they are not taken', async () => {
    await book(['NYC,F1,Ann,ann@example.com,,']);
    const account = await row<{ id: string }>(ledger.db(), sql`SELECT id FROM accounts WHERE number = 'F1'`);
    const erasure = { accountId: account?.id ?? '', reason: 'asked-for' as const };
    await transaction(ledger.db(), (tx) => eraseAccount(tx, ledger.clock, supervisor, erasure));
    const done = await book(['NYC,F1,Ann,ann@example.com,,']);
    expect(await findingsOf(ledger.db(), done.id)).toEqual([
      [2, 'name', null, 'erased', 'warning', 'unchanged'],
      [2, 'email', null, 'erased', 'warning', 'unchanged'],
    ]);
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
