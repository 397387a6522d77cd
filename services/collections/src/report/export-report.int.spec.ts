import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatAmount } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import { LedgerLog } from '@recoup/receivables/testing/deliver-events';
import exceljs from 'exceljs';
import request, { type Response, type Test } from 'supertest';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { deliverPublished, expectedRows } from '../testing/late-payment-histories.js';
import { xlsxRowsMax } from '@recoup/service-kit/downloads/table-file';
import type { ReportRow } from './report.query.js';
import { markStale } from './stale-accounts.js';

const asOf = '2013-06-30';
const bad = expectedRows().find((row) => row.asOf === asOf)?.accountNumber;

describe('Exports of the report', () => {
  let service: CollectionsUnderTest;
  let token: string;
  let screen: ReportRow[];
  const db = (): Db => service.orm.em.fork();
  const get = (path: string, query: Record<string, string>): Test =>
    request(service.app.getHttpServer()).get(`/api/collections/${path}`).query(query).set('Authorization', token);

  beforeAll(async () => {
    service = await collectionsUnderTest({ runner: false });
    token = await service.bearer({ role: 'collector' });
    await deliverPublished(new LedgerLog(markStale), db);
    await run(db(), sql`UPDATE accounts SET name = '=HYPERLINK("http://evil.example")' WHERE number = ${bad}`);
    await run(db(), sql`UPDATE accounts SET name = 'Ruiz, Ana "La Jefa"' WHERE number <> ${bad}`);
    await run(
      db(),
      sql`WITH named AS (INSERT INTO flags (code, name, colour) VALUES ('vip', 'Key customer', '#333333'), ('x', '=Cross', '#333333') RETURNING id)
          INSERT INTO account_flags (account_id, flag_id, added_at, actor)
          SELECT a.id, named.id, now(), 'ann' FROM accounts a, named WHERE a.number = ${bad}`,
    );
    screen = (
      await get('report', { filter: JSON.stringify({ asOf }), range: '[0,999]', sort: '["name","DESC"]' }).expect(200)
    ).body;
  });

  afterAll(async () => {
    await service.stop();
  });

  it('gives the rows, order and figures of the screen as CSV, with formulas made text', async () => {
    const answer = await get('report/export', {
      filter: JSON.stringify({ asOf }),
      sort: '["name","DESC"]',
      format: 'csv',
    }).expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="collections-report-${asOf}.csv"`);
    const [heading, ...lines] = answer.text.trim().split('\n').map(fields);
    expect(heading?.slice(0, 7)).toEqual(['Account', 'Name', 'Office', 'Currency', 'Balance', 'Credit', 'Current']);
    expect(lines.map((line) => figuresOfLine(line))).toEqual(screen.map(figures));
    expect(lines.find(([number]) => number === bad)?.[1]).toBe(`'=HYPERLINK("http://evil.example")`);
    expect(lines.map((line) => line[18]).filter(Boolean)).toEqual(['vip x']);
    const lined = await rows<{ after: unknown }>(db(), sql`SELECT after FROM audit WHERE action = 'export-report'`);
    expect(lined[0]?.after).toEqual({ format: 'csv', filter: { asOf } });
  });

  it('gives the same as XLSX, amounts as numbers and text as text, and the words of the screen for codes', async () => {
    const answer: Response = await get('report/export', {
      filter: JSON.stringify({ asOf }),
      sort: '["name","DESC"]',
      format: 'xlsx',
    })
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.read(Readable.from([answer.body as Buffer]));
    const lines: unknown[][] = [];
    workbook
      .getWorksheet('Report')
      ?.eachRow((row) => lines.push((row.values as unknown[]).slice(1).map((cell) => cell ?? '')));
    const inWords = screen.map((row) => [...figures(row).slice(0, -2), 'Active', 'Not Set']);
    expect(lines.slice(1).map((line) => figuresOfLine(line))).toEqual(inWords);
    expect(lines.map((line) => line[18]).filter(Boolean)).toEqual(['Flags', 'Key customer, =Cross']);
    expect(lines.slice(1).find(([number]) => number === bad)?.[1]).toBe('=HYPERLINK("http://evil.example")');
  });

  it('refuses an XLSX of more than 100,000 rows with advice, and writes them as CSV', async () => {
    const day = '2012-01-01';
    await get('report/totals', { filter: JSON.stringify({ asOf: day }) }).expect(200);
    const [snapshot] = await rows<{ id: number }>(db(), sql`SELECT id FROM report_snapshots WHERE as_of = ${day}`);
    await run(
      db(),
      sql`INSERT INTO ${sql.raw(`snapshots.report_${snapshot?.id}`)} (account_id, office_id, currency, balance, credit, "current", "days1to30", "days31to60", "days61to90", "days91to120", "daysOver120", oldest_due, days_past_due, open_invoices)
          SELECT uuidv7(), o.id, 'USD', 100, 0, 100, 0, 0, 0, 0, 0, '2012-01-01', 0, 1 FROM generate_series(1, ${xlsxRowsMax + 1}), (SELECT id FROM offices ORDER BY id LIMIT 1) o`,
    );
    const refused = await get('report/export', { filter: JSON.stringify({ asOf: day }), format: 'xlsx' }).expect(413);
    expect(refused.body).toMatchObject({ code: 'too-many-rows' });
    expect(refused.body.detail).toContain('Export it as CSV');
    const csv = await get('report/export', { filter: JSON.stringify({ asOf: day }), format: 'csv' }).expect(200);
    expect(csv.text.trim().split('\n').length).toBe(xlsxRowsMax + 2);
  }, 120_000);
});

/** The fields of a CSV line, quoted ones too. */
function fields(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, 20)
    .map(([, field = '']) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

function figuresOfLine(line: readonly unknown[]): unknown[] {
  const number = (index: number): number => Number(line[index]);
  return [
    line[0],
    line[2],
    line[3],
    ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(number),
    line[14] ?? '',
    line[16],
    line[17],
  ];
}

/** A row of the screen as an export's line shows it, without the name. */
function figures(row: ReportRow): (string | number)[] {
  return [
    row.accountNumber,
    row.officeCode,
    row.currency,
    ...[row.balance, row.credit, ...Object.values(row.aging)].map((amount) =>
      Number(formatAmount(amount, row.currency)),
    ),
    row.daysPastDue,
    row.openInvoices,
    row.lastPayment?.date ?? '',
    row.accountStatus,
    row.stage,
  ];
}
