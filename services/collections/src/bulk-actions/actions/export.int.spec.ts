import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MikroORM } from '@mikro-orm/postgresql';
import { databaseOptions, run, sql } from '@recoup/service-kit';
import exceljs from 'exceljs';
import { collectionsDatabase } from '../../database.js';
import { brokenInvariants } from '../../testing/broken-invariants.js';
import { BulkActionCalls } from '../../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../../testing/collections-under-test.js';
import { accountId, seedBooks } from '../../testing/seed-books.js';

let service: CollectionsUnderTest;
let calls: BulkActionCalls;

beforeAll(async () => {
  service = await collectionsUnderTest();
  calls = await BulkActionCalls.as(service, { role: 'collector', user: 'carl' });
  await seedBooks(service.orm.em.fork(), 50);
}, 120_000);
afterAll(() => service.stop());

/** A payment of `amount` on the one invoice of an account, taking effect before the report's day. */
const paid = (n: number, amount: number) => sql`
  WITH moved AS (
    INSERT INTO movements (account_id, invoice_id, bill_line_id, type, effective_date, due_date, amount)
    SELECT account_id, id, id, 'payment-received', '2026-11-01', due_date, ${-amount}::bigint FROM invoices WHERE account_id = ${accountId(n)}),
  lowered AS (UPDATE invoices SET open_amount = open_amount - ${amount} WHERE account_id = ${accountId(n)})
  UPDATE accounts SET balance = balance - ${amount} WHERE id = ${accountId(n)}`;

describe('Export', () => {
  it('gives the accounts of the selection as CSV, once it has ended', async () => {
    const action = await calls.preview('export', {}, { asOf: calls.asOf, accountIds: [3, 4].map(accountId) });
    expect((await calls.get(`bulk-actions/${action.id}/file`).expect(409)).body.code).toBe('file-not-ready');
    expect(await calls.done(action)).toMatchObject({ status: 'completed', counts: { done: 2 } });
    const { text, headers } = await calls.get(`bulk-actions/${action.id}/file`).expect(200);
    expect(headers['content-disposition']).toBe(`attachment; filename="collections-report-${calls.asOf}.csv"`);
    const lines = text.trim().split('\n');
    expect(lines[0]).toMatch(/^Account,Name,Office,Currency,Balance/);
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 5))).toEqual([
      ['A-3', 'Name 3', 'NYC', 'USD', '30.00'],
      ['A-4', 'Name 4', 'NYC', 'USD', '40.00'],
    ]);
    expect((await calls.post(`${action.id}/undo`).expect(409)).body.code).toBe('not-undoable');
    expect(await brokenInvariants(service.orm.em.fork())).toEqual([]);
  }, 60_000);

  it('keeps what it exported: the file stays as it was, whatever is booked or renamed later', async () => {
    const db = service.orm.em.fork();
    const accountIds = [10, 11, 12].map(accountId);
    const action = await calls.preview('export', {}, { asOf: calls.asOf, accountIds });
    await run(db, paid(10, 500));
    await run(db, paid(11, 11_000));
    const done = await calls.done(action);
    expect(done).toMatchObject({ counts: { done: 2, skipped: 1 }, totals: [{ accounts: 2, asOfBalance: 21_500 }] });
    expect((await calls.items(action.id)).map((item) => [item.accountNumber, item.asOfBalance, item.reason])).toEqual([
      ['A-10', 9500, null],
      ['A-11', 11_000, 'no-balance'],
      ['A-12', 12_000, null],
    ]);
    const { text } = await calls.get(`bulk-actions/${action.id}/file`).expect(200);
    expect(text.split('\n').map((line) => line.split(',').slice(0, 5).join())).toEqual([
      'Account,Name,Office,Currency,Balance',
      'A-10,Name 10,NYC,USD,95.00',
      'A-12,Name 12,NYC,USD,120.00',
      '',
    ]);
    await run(db, paid(12, 12_000));
    await run(db, sql`UPDATE accounts SET name = 'Other' WHERE id = ${accountId(10)}`);
    expect((await calls.get(`bulk-actions/${action.id}/file`).expect(200)).text).toBe(text);
    await run(db, sql`UPDATE accounts SET name = NULL, erased_at = clock_timestamp() WHERE id = ${accountId(12)}`);
    const erased = (await calls.get(`bulk-actions/${action.id}/file`).expect(200)).text;
    expect(erased).toBe(text.replace('Name 12', ''));
    expect(await brokenInvariants(db)).toEqual([]);
  }, 60_000);

  it('has no file of a time when none was kept, and says so', async () => {
    const action = await calls.preview('export', {}, { asOf: calls.asOf, accountIds: [accountId(6)] });
    await calls.done(action);
    const owner = await MikroORM.init(databaseOptions(service.database.ownerUrl, collectionsDatabase, 1, 'owner'));
    await run(owner.em.fork(), sql`DELETE FROM exported_rows WHERE action_id = ${action.id}`);
    await owner.close(true);
    expect((await calls.get(`bulk-actions/${action.id}/file`).expect(410)).body.code).toBe('file-not-kept');
  }, 60_000);

  it('gives them as XLSX too, with the flags by the names that they had', async () => {
    const db = service.orm.em.fork();
    await run(
      db,
      sql`WITH named AS (INSERT INTO flags (code, name, colour) VALUES ('vip', 'Key customer', '#333333') RETURNING id)
          INSERT INTO account_flags (account_id, flag_id, added_at, actor) SELECT ${accountId(20)}, id, now(), 'ann' FROM named`,
    );
    const selection = { asOf: calls.asOf, accountIds: [20, 21].map(accountId) };
    const action = await calls.preview('export', { format: 'xlsx' }, selection);
    await calls.done(action);
    await run(db, sql`UPDATE flags SET name = 'Renamed'`);
    const { headers, body } = await calls
      .get(`bulk-actions/${action.id}/file`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    expect(headers['content-type']).toContain('spreadsheetml');
    expect(headers['content-disposition']).toContain('.xlsx');
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.read(Readable.from([body as Buffer]));
    const flags = [1, 2, 3].map((line) => workbook.worksheets[0]?.getRow(line).getCell(19).value ?? '');
    expect(flags).toEqual(['Flags', 'Key customer', '']);
  }, 60_000);

  it('notes who took a file, for those who see the action', async () => {
    const action = await calls.preview('export', {}, { asOf: calls.asOf, accountIds: [accountId(5)] });
    await calls.done(action);
    await calls.get(`bulk-actions/${action.id}/file`).expect(200);
    await calls.get(`bulk-actions/${action.id}/results?format=csv`).expect(200);
    const noted = async (offices: string[]): Promise<string[]> => {
      const auditor = await BulkActionCalls.as(service, { role: 'auditor', user: 'ada', offices });
      const query = { filter: JSON.stringify({ entityId: action.id }) };
      const { body } = await auditor.get('audit').query(query).expect(200);
      return body.map((line: { action: string }) => line.action);
    };
    const downloads = ['download-bulk-action-file', 'download-bulk-action-results'];
    expect(await noted(['*'])).toEqual(expect.arrayContaining(downloads));
    expect(await noted(['NYC'])).toEqual(expect.arrayContaining(downloads));
    expect(await noted(['MAD'])).toEqual([]);
  }, 60_000);

  it('has no file for an action of another type', async () => {
    const action = await calls.preview('update-stage', { stage: 'sent' });
    expect((await calls.get(`bulk-actions/${action.id}/file`).expect(409)).body.code).toBe('no-file');
  });
});
