import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { messageType } from '@recoup/contracts';
import { rows, run, sql, type Db } from '@recoup/service-kit';
import { doneTotalsSql } from '../done-totals.sql.js';
import { brokenInvariants, requireInvariants } from '../../testing/broken-invariants.js';
import { BulkActionCalls } from '../../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../../testing/collections-under-test.js';
import { accountId, countRows, seedBooks } from '../../testing/seed-books.js';

let service: CollectionsUnderTest;
let calls: BulkActionCalls;
let db: Db;

beforeAll(async () => {
  service = await collectionsUnderTest();
  calls = await BulkActionCalls.as(service, { role: 'supervisor', user: 'sue' });
  db = service.orm.em.fork();
  await seedBooks(db, 1500);
}, 120_000);
afterAll(() => service.stop());
afterEach(() => requireInvariants(db));

interface DeliveryRow {
  id: string;
  status: string;
  rows: number;
  totals: object[];
  checksum: string;
  fileName: string;
}

/** The delivery of an action, once it has arrived. */
async function delivered(actionId: string): Promise<DeliveryRow> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { body } = await calls
      .get('deliveries')
      .query({ filter: JSON.stringify({ bulkActionId: actionId }) })
      .expect(200);
    if (body[0]?.status === 'delivered') return body[0];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The file did not arrive');
}

describe('Send to ARM', () => {
  it("refers each account, sets it to Sent, and puts one file of the preview's figures into the folder", async () => {
    const action = await calls.preview('send-to-arm', {});
    expect(action).toMatchObject({ warnings: ['not-undoable'], counts: { selected: 1650, eligible: 1650 } });
    await run(db, sql`UPDATE accounts SET balance = balance - 1 WHERE id = ${accountId(2)}`);
    const done = await calls.done(action);
    expect(done).toMatchObject({ status: 'completed', counts: { done: 1649, skipped: 1 } });
    expect(await calls.items(done.id, { status: 'skipped' })).toMatchObject([
      {
        accountId: accountId(2),
        reason: 'changed-since-preview',
        previewedAmount: 2000,
        currentAmount: 1999,
        amount: 0,
      },
    ]);
    expect(await countRows(db, sql`SELECT 1 FROM account_states WHERE stage = 'sent' AND agency_code = 'ARM'`)).toBe(
      1649,
    );

    const usd = { currency: 'USD', accounts: 1499, asOfBalance: 1_125_748_000, currentBalance: 1_125_748_000 };
    expect(done.totals).toEqual([action.totals[0], { ...usd, amount: 1_125_748_000 }]);
    expect(done.officeTotals[1]).toEqual({ ...usd, officeCode: 'NYC', amount: 1_125_748_000 });
    expect(done.previewedTotals).toEqual(action.totals);
    expect(done.previewedTotals[1]).toMatchObject({ accounts: 1500, amount: 1_125_750_000 });

    const file = await delivered(done.id);
    expect(file).toMatchObject({
      fileName: 'ARM-1.csv',
      rows: 1649,
      totals: [
        { currency: 'EUR', count: 150, amount: 11_325_000 },
        { currency: 'USD', count: 1499, amount: 1_125_748_000 },
      ],
    });
    const bytes = await readFile(join(service.agenciesFolder, 'ARM', 'out', 'ARM-1.csv'));
    expect(await readdir(join(service.agenciesFolder, 'ARM', 'out'))).toEqual(['ARM-1.csv']);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.checksum);
    const lines = bytes.toString('utf8').split('\r\n');
    expect(lines[0]).toMatch(/^H,ARM,1,\d{4}-\d\d-\d\d$/);
    expect(lines.filter((line) => line.startsWith('D,'))).toHaveLength(1649);
    expect(lines.find((line) => line.startsWith('D,A-17,'))).toMatch(
      /^D,A-17,Name 17,170\.00,USD,2026-01-31,\d+,1,NYC$/,
    );
    expect(lines.slice(-3)).toEqual(['T,150,113250.00,EUR', 'T,1499,11257480.00,USD', '']);

    const download = await calls.get(`deliveries/${file.id}/file`).expect(200);
    expect(download.text).toBe(bytes.toString('utf8'));
    expect(download.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  }, 60_000);

  it('is caught by the invariants when its totals are not those of its items', async () => {
    const skewed = sql`UPDATE bulk_actions SET done_totals = '[]' WHERE id = (SELECT id FROM bulk_actions WHERE ended LIMIT 1) RETURNING id`;
    const [action] = await rows<{ id: string }>(db, skewed);
    expect(await brokenInvariants(db)).toMatchObject([{ offender: { bulk_action_id: action?.id } }]);
    await run(
      db,
      sql`UPDATE bulk_actions b SET done_totals = made.totals FROM (${doneTotalsSql(sql`${action?.id}::uuid`)}) made WHERE b.id = ${action?.id}`,
    );
  });

  it('tells of it by events that match their schemas, numbered without a gap', async () => {
    const events = await rows<{ type: string; sequence: number; data: unknown }>(
      db,
      sql`SELECT type, sequence, data FROM outbox WHERE subject = ${accountId(1)} ORDER BY id`,
    );
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['recoup.collections.account-referred.v1', 1],
      ['recoup.collections.stage-changed.v1', 2],
    ]);
    for (const { type, data } of events) expect(() => messageType(type)?.schema.parse(data)).not.toThrow();
    const files = await rows<{ type: string; data: unknown }>(
      db,
      sql`SELECT type, data FROM outbox WHERE type LIKE '%agency-file-delivered%'`,
    );
    expect(files).toHaveLength(1);
  });

  it('refers nothing twice, and makes no file of nothing', async () => {
    const again = await calls.preview('send-to-arm', { setStageToSent: false });
    expect(again).toMatchObject({ counts: { eligible: 1, skipped: 1649 }, reasons: { 'already-referred': 1649 } });
    const rival = await calls.preview('send-to-arm', {});
    expect(await calls.done(again)).toMatchObject({ counts: { done: 1 } });
    expect(await calls.done(rival)).toMatchObject({ counts: { done: 0, skipped: 1650 } });
    expect((await calls.items(rival.id, { accountId: accountId(2) }))[0]).toMatchObject({ reason: 'already-referred' });
    expect((await delivered(again.id)).fileName).toBe('ARM-2.csv');
    expect(await countRows(db, sql`SELECT 1 FROM deliveries`)).toBe(2);
    expect(await rows(db, sql`SELECT stage FROM account_states WHERE account_id = ${accountId(2)}`)).toEqual([
      { stage: 'not-set' },
    ]);
    expect((await calls.post(`${again.id}/undo`).expect(409)).body.code).toBe('not-undoable');
    const { body } = await calls
      .get('referrals')
      .query({ filter: JSON.stringify({ accountId: accountId(2) }) })
      .expect(200);
    expect(body).toMatchObject([{ type: 'referral', agencyCode: 'ARM', amount: 1999, currency: 'USD', actor: 'sue' }]);
  }, 60_000);

  it('skips an account whose name the file can not carry, at the preview and when it is carried out', async () => {
    await run(
      db,
      sql`UPDATE account_states SET agency_code = NULL WHERE account_id = ANY(${[3, 4].map(accountId)}::uuid[])`,
    );
    await run(db, sql`UPDATE accounts SET name = ${'Ana\nRuiz'} WHERE id = ${accountId(3)}`);
    const action = await calls.preview('send-to-arm', {}, { asOf: calls.asOf, accountIds: [3, 4].map(accountId) });
    expect(action).toMatchObject({ counts: { eligible: 1 }, reasons: { 'not-writable': 1 } });
    await run(db, sql`UPDATE accounts SET name = ${'Eva\u2028Gil'} WHERE id = ${accountId(4)}`);
    expect(await calls.done(action)).toMatchObject({ counts: { done: 0, skipped: 2 } });
    expect((await calls.items(action.id, { accountId: accountId(4) }))[0]).toMatchObject({ reason: 'not-writable' });
    await run(
      db,
      sql`UPDATE account_states SET agency_code = 'ARM' WHERE account_id = ANY(${[3, 4].map(accountId)}::uuid[])`,
    );
  }, 60_000);

  it('skips an account that was erased, or whose name has not come yet: the agency could not tell who owes', async () => {
    const ids = [5, 6, 7].map(accountId);
    await run(db, sql`UPDATE account_states SET agency_code = NULL WHERE account_id = ANY(${ids}::uuid[])`);
    await run(db, sql`UPDATE accounts SET name = NULL, erased_at = clock_timestamp() WHERE id = ${accountId(5)}`);
    await run(db, sql`UPDATE accounts SET name = NULL WHERE id = ${accountId(6)}`);
    const action = await calls.preview('send-to-arm', {}, { asOf: calls.asOf, accountIds: ids });
    expect(action).toMatchObject({ counts: { eligible: 1 }, reasons: { erased: 1, 'no-name': 1 } });
    await run(db, sql`UPDATE accounts SET name = NULL, erased_at = clock_timestamp() WHERE id = ${accountId(7)}`);
    expect(await calls.done(action)).toMatchObject({ counts: { done: 0, skipped: 3 } });
    expect((await calls.items(action.id, { accountId: accountId(7) }))[0]).toMatchObject({ reason: 'erased' });
    await run(db, sql`UPDATE account_states SET agency_code = 'ARM' WHERE account_id = ANY(${ids}::uuid[])`);
  }, 60_000);

  it('keeps referrals from being changed, by the database itself', async () => {
    await expect(run(db, sql`UPDATE referrals SET amount = 1`)).rejects.toThrow(/permission denied/);
    await expect(run(db, sql`DELETE FROM placement_rows`)).rejects.toThrow(/permission denied/);
  });
});
