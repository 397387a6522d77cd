import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, run, sql } from '@recoup/service-kit';
import { breakOffAt, rejectionsOf } from '../../testing/import-files.js';
import { refusedEvents, supervisor, testLedger, type TestLedger } from '../../testing/test-ledger.js';

const columns = 'officeCode,accountNumber,subscriptionNumber,startedOn,serviceTypeCode,initialServiceDiscount,status';
let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger();
  await ledger.importFile(
    'officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount\nNYC,Z0,Z0,2026-01-01,2026-02-01,1\n',
  );
  const accounts = ['NYC,A1', 'NYC,A2', 'NYC,F1', 'MAD,A1', 'TYO,A1'];
  await ledger.importFile(['officeCode,accountNumber', ...accounts].join('\n'), 'accounts');
  await run(ledger.db(), sql`UPDATE accounts SET status = 'frozen' WHERE number = 'F1'`);
});
afterAll(() => ledger.stop());

const book = (lines: string[], actor = supervisor) =>
  ledger.importFile([columns, ...lines].join('\n'), 'subscriptions', actor);
const stored = (number: string) =>
  rows(
    ledger.db(),
    sql`SELECT s.number, s.status, s.initial_service_discount AS discount, s.currency, s.service_type_code AS type
        FROM subscriptions s WHERE s.number LIKE ${number} ORDER BY s.currency`,
  );

describe('a file of subscriptions', () => {
  it('opens each once, its discount in the office’s currency; the same file again changes nothing', async () => {
    const lines = [
      'NYC,A1,S1,2026-01-01,,25.00,',
      'TYO,A1,S1,2026-01-01,service,25,active',
      'MAD,A1,S2,2026-01-01,,,cancelled',
      'NYC,A1,S1,2026-01-01,,25.00,',
    ];
    expect((await book(lines)).counts).toEqual({ rows: 4, booked: 3, known: 1, refused: 0, warnings: 0 });
    expect((await book(lines)).counts).toMatchObject({ booked: 0, known: 4 });
    expect(await stored('S1')).toEqual([
      { number: 'S1', status: 'active', discount: 25, currency: 'JPY', type: 'service' },
      { number: 'S1', status: 'active', discount: 2_500, currency: 'USD', type: 'service' },
    ]);
    expect(await stored('S2')).toMatchObject([{ status: 'cancelled', discount: 0 }]);
    await run(ledger.db(), sql`UPDATE subscriptions SET status = 'frozen' WHERE currency = 'USD' AND number = 'S1'`);
    expect((await book(lines)).counts).toMatchObject({ booked: 0, known: 4 });
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('reports bad rows by line and column, and opens the rest', async () => {
    const done = await book([
      'NYC,X,B1,2026-01-01,,,',
      'NYC,A1,B2,2026-13-01,,1.005,paused',
      'NYC,A1,B3,2026-01-01,nothing,,',
      'NYC,F1,B4,2026-01-01,,,',
      'NYC,F1,B5,2026-01-01,,,cancelled',
      'NYC,A2,B5,2026-01-01,,,cancelled',
      'NYC,F1,B5,2026-01-01,,3.00,cancelled',
    ]);
    expect(done.counts).toMatchObject({ booked: 1, refused: 6 });
    expect(await rejectionsOf(ledger.db(), done.id)).toEqual([
      [2, 'accountNumber', 'X', 'unknown-account'],
      [3, 'status', 'paused', 'bad-value'],
      [3, 'startedOn', '2026-13-01', 'bad-date'],
      [3, 'initialServiceDiscount', '1.005', 'bad-amount'],
      [4, 'serviceTypeCode', 'nothing', 'unknown-service-type'],
      [5, 'accountNumber', 'F1', 'frozen'],
      [7, 'accountNumber', 'A2', 'known-with-other-content'],
      [8, 'initialServiceDiscount', '3.00', 'known-with-other-content'],
    ]);
  });

  it('opens none in an office that isn’t the actor’s', async () => {
    const madrid = { ...supervisor, user: 'mia', offices: ['MAD'] };
    const done = await book(['NYC,A1,C1,2026-01-01,,,', 'MAD,A1,C1,2026-01-01,,,'], madrid);
    expect(done.counts).toMatchObject({ booked: 1, refused: 1 });
    expect(await stored('C1')).toMatchObject([{ currency: 'EUR' }]);
  });

  it('is booked once when a chunk breaks off in the middle', async () => {
    const { cut, done } = await breakOffAt(
      ledger.db(),
      (tx) =>
        run(
          tx,
          sql`INSERT INTO subscriptions (account_id, office_id, currency, number, service_type_code, started_on)
            SELECT id, office_id, currency, 'D500', 'service', '2026-01-01' FROM accounts WHERE number = 'A1' AND currency = 'USD'`,
        ),
      () => book(Array.from({ length: 1_200 }, (_, n) => `NYC,A${(n % 2) + 1},D${n},2026-01-01,,,`)),
    );
    expect(cut).toBe(true);
    expect(done.counts).toMatchObject({ rows: 1_200, booked: 1_200 });
    expect(await stored('D%')).toHaveLength(1_200);
    expect(await ledger.violations()).toEqual([]);
  });
});
