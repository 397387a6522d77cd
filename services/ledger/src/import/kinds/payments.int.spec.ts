import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { row, rows, run, sql, transaction } from '@recoup/service-kit';
import { assignPayer } from '../../account-payers/assign-payer.js';
import { queueLines } from '../../queueing/queue-lines.js';
import { breakOffAt, rejectionsOf } from '../../testing/import-files.js';
import { outboxOf, refusedEvents, supervisor, testLedger, type TestLedger } from '../../testing/test-ledger.js';

const columns = 'officeCode,accountNumber,reference,paymentDate,amount,invoiceNumber,payerCode';
let ledger: TestLedger;
beforeAll(async () => {
  ledger = await testLedger();
});
afterAll(() => ledger.stop());

const invoiceRows = (lines: string[]) =>
  ledger.importFile(['officeCode,accountNumber,invoiceNumber,invoiceDate,dueDate,amount', ...lines].join('\n'));
const book = (lines: string[], actor = supervisor) =>
  ledger.importFile([columns, ...lines].join('\n'), 'payments', actor);
const open = async (...numbers: string[]) =>
  (
    await rows<{ open: number }>(
      ledger.db(),
      sql`SELECT open_amount AS open FROM unnest(${numbers}::text[]) WITH ORDINALITY AS w (number, place)
          JOIN invoices i ON i.number = w.number ORDER BY place`,
    )
  ).map((each) => each.open);
const figures = (number: string) =>
  row<{ balance: number; credit: number }>(
    ledger.db(),
    sql`SELECT balance, credit FROM accounts WHERE number = ${number}`,
  );

async function queueToInsurer(invoiceNumber: string): Promise<void> {
  await run(
    ledger.db(),
    sql`INSERT INTO payers (code, name, type, skip_group_number_check, skip_policy_id_check)
        VALUES ('INSURER', 'Insurer', 'insurer', true, true)`,
  );
  const line = await row<{ id: string; accountId: string }>(
    ledger.db(),
    sql`SELECT b.id, b.account_id AS "accountId" FROM bill_lines b JOIN invoices i ON i.id = b.invoice_id
        WHERE i.number = ${invoiceNumber}`,
  );
  const { id = '', accountId = '' } = line ?? {};
  const payerCode = 'INSURER';
  const assigned = { accountId, payerCode, groupNumber: null, policyId: null };
  await transaction(ledger.db(), (tx) => assignPayer(tx, ledger.clock, supervisor, assigned));
  await transaction(ledger.db(), (tx) => queueLines(tx, ledger.clock, supervisor, { billLineIds: [id], payerCode }));
}

describe('a file of payments', () => {
  it('pays the invoice named first, then what is oldest due; the rest is credit', async () => {
    await invoiceRows([
      'NYC,A,A1,2026-01-01,2026-02-01,100.00',
      'NYC,A,A2,2026-01-01,2026-03-01,100.00',
      'NYC,A,A3,2026-05-01,2026-06-01,50.00',
    ]);
    const done = await book([
      'NYC,A,r1,2026-04-01,30.00,A2,',
      'NYC,A,r2,2026-04-01,120.00,,',
      'NYC,A,r3,2026-04-02,0.00,,',
    ]);
    expect(done.counts).toEqual({ rows: 3, booked: 3, known: 0, refused: 0, warnings: 0 });
    expect(await open('A1', 'A2', 'A3')).toEqual([0, 5_000, 5_000]);
    await book(['NYC,A,r4,2026-04-03,110.00,A3,SELF']);
    expect(await open('A1', 'A2', 'A3')).toEqual([0, 0, 0]);
    expect(await figures('A')).toEqual({ balance: 0, credit: 1_000 });
    const told = (await outboxOf(ledger.db())).filter(({ type }) => type.includes('payment-received'));
    expect(told.map(({ sequence }) => sequence)).toEqual([5, 6, 7, 8]);
    expect(told.at(-1)?.data).toMatchObject({ reference: null, amount: 11_000 });
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('twice changes nothing, nor does a reference that comes twice in it', async () => {
    await invoiceRows(['NYC,T,T1,2026-01-01,2026-02-01,100.00']);
    const lines = ['NYC,T,t1,2026-02-01,10.00,,', 'NYC,T,t1,2026-02-01,10.00,,', 'NYC,T,t2,2026-02-01,5.00,T1,'];
    expect((await book(lines)).counts).toMatchObject({ booked: 2, known: 1 });
    expect((await book(lines)).counts).toMatchObject({ booked: 0, known: 3, refused: 0 });
    expect(await figures('T')).toEqual({ balance: 8_500, credit: 0 });
  });

  it('reports bad rows by line and column, and books the rest', async () => {
    await invoiceRows(['NYC,B,B1,2026-01-01,2026-02-01,100.00', 'NYC,O,O1,2026-01-01,2026-02-01,100.00']);
    const done = await book([
      'NYC,nobody,b1,2026-02-01,1.00,,',
      'NYC,B,,2026-11-23,-1,,',
      'NYC,B,b2,2026-02-01,1.00,O1,',
      'NYC,B,b3,2026-02-01,1.00,,NOBODY',
      'NYC,B,b4,2026-02-01,1.00,,',
      'NYC,B,b4,2026-02-02,1.00,,',
    ]);
    expect(done.counts).toMatchObject({ rows: 6, booked: 1, refused: 5 });
    expect(await rejectionsOf(ledger.db(), done.id)).toEqual([
      [2, 'accountNumber', 'nobody', 'unknown-account'],
      [3, 'reference', '', 'missing-value'],
      [3, 'paymentDate', '2026-11-23', 'future-date'],
      [3, 'amount', '-1', 'bad-amount'],
      [4, 'invoiceNumber', 'O1', 'unknown-invoice'],
      [5, 'payerCode', 'NOBODY', 'unknown-payer'],
      [7, 'paymentDate', '2026-02-02', 'known-with-other-content'],
    ]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('of a payer goes whole to what is queued to it, never before it was', async () => {
    await invoiceRows(['NYC,P,P1,2026-01-01,2026-02-01,100.00', 'NYC,P,P2,2026-01-01,2026-03-01,40.00']);
    await queueToInsurer('P1');
    const done = await book([
      'NYC,P,p1,2026-11-22,60.00,,INSURER',
      'NYC,P,p2,2026-11-22,40.01,,INSURER',
      'NYC,P,p3,2026-11-21,10.00,,INSURER',
      'NYC,P,p4,2026-11-22,40.00,P1,INSURER',
      'NYC,P,p5,2026-11-22,10.00,,',
    ]);
    expect(await rejectionsOf(ledger.db(), done.id)).toEqual([
      [3, 'amount', '40.01', 'above-outstanding'],
      [4, 'paymentDate', '2026-11-21', 'before-open'],
    ]);
    expect(done.counts).toMatchObject({ booked: 3, refused: 2 });
    expect(await open('P1', 'P2')).toEqual([0, 3_000]);
    expect((await book(['NYC,P,p1,2026-11-22,60.00,,'])).counts).toMatchObject({ refused: 1 });
    expect((await book(['NYC,P,p1,2026-11-22,60.00,,INSURER'])).counts).toMatchObject({ known: 1 });
    expect(await refusedEvents(ledger.db())).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('pays nothing in an office that isn’t the actor’s', async () => {
    await invoiceRows(['NYC,C,C1,2026-01-01,2026-02-01,9.00', 'MAD,C,C2,2026-01-01,2026-02-01,9.00']);
    const madrid = { ...supervisor, user: 'mia', offices: ['MAD'] };
    const done = await book(['NYC,C,c,2026-02-01,9.00,,', 'MAD,C,c,2026-02-01,9.00,,'], madrid);
    expect(done.counts).toMatchObject({ booked: 1, refused: 1 });
    expect(await open('C1', 'C2')).toEqual([900, 0]);
  });

  it('is booked once when a chunk breaks off in the middle', async () => {
    await invoiceRows(Array.from({ length: 10 }, (_, n) => `NYC,D${n},D${n},2026-01-01,2026-02-01,1000.00`));
    const { cut, done } = await breakOffAt(
      ledger.db(),
      (tx) =>
        run(
          tx,
          sql`SELECT id FROM bill_lines WHERE invoice_id = (SELECT id FROM invoices WHERE number = 'D7') FOR UPDATE`,
        ),
      () => book(Array.from({ length: 1_200 }, (_, n) => `NYC,D${n % 10},d${n},2026-02-01,1.00,,`)),
    );
    expect(cut).toBe(true);
    expect(done.counts).toMatchObject({ rows: 1_200, booked: 1_200 });
    expect(await open('D0', 'D7')).toEqual([88_000, 88_000]);
    expect(await ledger.violations()).toEqual([]);
  });
});
