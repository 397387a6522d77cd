import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows, sql } from '@recoup/service-kit';
import { columns, findingsOf } from '../testing/import-files.js';
import { outboxOf, supervisor, testLedger, type TestLedger } from '../testing/test-ledger.js';

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
const book = (lines: string[], header = columns) => ledger.importFile([header, ...lines].join('\n'));

const line = (n: number) =>
  `NYC,S${n % 7},S-${n},2026-01-01,2026-02-01,1.00,,,"Ann, S",ann@example.com,+1 212 555 0100,en,America/New_York`;

describe('accounts', () => {
  it('spread over chunks and files are one; contact data is taken when an account is opened, never in clear', async () => {
    const header = `${columns},name,email,phone,language,timeZone`;
    const done = await book(
      Array.from({ length: 2_500 }, (_, n) => line(n)),
      header,
    );
    expect(done.counts).toMatchObject({ rows: 2_500, booked: 2_500 });
    const found = await rows<{ name: string; text: string; language: string }>(
      ledger.db(),
      sql`SELECT name, language, to_jsonb(a)::text AS text FROM accounts a WHERE number LIKE 'S_'`,
    );
    expect(found).toHaveLength(7);
    expect(found[0]).toMatchObject({ name: 'Ann, S', language: 'en' });
    expect(found[0]?.text).not.toContain('example.com');
    expect((await outboxOf(ledger.db())).filter(({ data }) => JSON.stringify(data).includes('Ann, S'))).toEqual([]);
    expect(await ledger.violations()).toEqual([]);
  });

  it('of an office outside the actor’s are refused as unknown', async () => {
    const madrid = { ...supervisor, user: 'mia', offices: ['MAD'] };
    const file = `${columns}\nNYC,O,O1,2026-01-01,2026-02-01,1,,\nMAD,O,O2,2026-01-01,2026-02-01,1,,\n`;
    const done = await ledger.importFile(file, 'recoup', madrid);
    expect(done.counts).toMatchObject({ booked: 1, refused: 1 });
  });
});

const rowOf = (n: number, contact: string) => `NYC,QQ,QQ${n},2026-01-01,2026-02-01,1.00,,,${contact}`;

describe('an invoice’s row', () => {
  const header = `${columns},name,email,language`;

  it('that gives other contact data than its account has is booked with a warning, once an account and chunk', async () => {
    await book([rowOf(0, 'Quinn,quinn@example.com,en')], header);
    const done = await book(
      Array.from({ length: 1_200 }, (_, n) => rowOf(n + 1, 'Other,quinn@example.com,')),
      header,
    );
    expect(done).toMatchObject({ status: 'completed', counts: { booked: 1_200, refused: 0, warnings: 2 } });
    expect(await findingsOf(ledger.db(), done.id)).toEqual([
      [2, 'name', null, 'contact-differs', 'warning', 'booked'],
      [1_001, 'name', null, 'contact-differs', 'warning', 'booked'],
    ]);
    const [kept] = await rows<{ name: string }>(ledger.db(), sql`SELECT name FROM accounts WHERE number = 'QQ'`);
    expect(kept?.name).toBe('Quinn');
  });

  it('tells beside each warning what became of the row', async () => {
    await book(['NYC,RR,RR1,2026-01-01,2026-02-01,1.00,,,Ann,,'], header);
    const done = await book(
      [
        'NYC,RR,RR1,2026-01-01,2026-02-01,1.00,,,Ann,nobody,',
        'NYC,RR,RR2,2026-01-01,2026-02-01,1.00,,,Ann,nobody,',
        'NYC,RR,RR3,2026-01-01,2026-02-30,1.00,,,Ann,nobody,',
        'NYC,RR,RR1,2026-01-01,2026-02-01,2.00,,,Ann,nobody,',
      ],
      header,
    );
    expect(await findingsOf(ledger.db(), done.id)).toEqual([
      [2, 'email', null, 'unusable-contact', 'warning', 'unchanged'],
      [2, 'email', null, 'contact-differs', 'warning', 'unchanged'],
      [3, 'email', null, 'unusable-contact', 'warning', 'booked'],
      [4, 'dueDate', '2026-02-30', 'bad-date', 'refused', 'refused'],
      [4, 'email', null, 'unusable-contact', 'warning', 'refused'],
      [5, 'email', null, 'unusable-contact', 'warning', 'refused'],
      [5, 'amount', '2.00', 'known-with-other-content', 'refused', 'refused'],
    ]);
  });
});

describe('derived columns that disagree', () => {
  it('are booked, with a warning', async () => {
    const header =
      'countryCode,customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,DaysToSettle,DaysLate';
    const done = await ledger.importFile(
      `${header}\r\n391,W,W1,1/2/2013,2/1/2013,55.9,No,1/15/2013,13,4\r\n`,
      'late-payment-histories',
    );
    expect(done).toMatchObject({ status: 'completed', counts: { booked: 1, warnings: 1 } });
    expect(await rejectionsOf(done.id)).toEqual([
      { line: 2, column_name: 'DaysLate', value: '4', reason: 'derived-value-differs', severity: 'warning' },
    ]);
  });
});
