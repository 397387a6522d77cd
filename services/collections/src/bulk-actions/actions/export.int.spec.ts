import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

  it('gives them as XLSX too', async () => {
    const action = await calls.preview('export', { format: 'xlsx' });
    await calls.done(action);
    const { headers } = await calls.get(`bulk-actions/${action.id}/file`).expect(200);
    expect(headers['content-type']).toContain('spreadsheetml');
    expect(headers['content-disposition']).toContain('.xlsx');
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
