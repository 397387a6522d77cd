import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { row, run, sql, transaction, type Db } from '@recoup/service-kit';
import { requireInvariants } from '../testing/broken-invariants.js';
import { BulkActionCalls } from '../testing/bulk-action-calls.js';
import { collectionsUnderTest, type CollectionsUnderTest } from '../testing/collections-under-test.js';
import { accountId, countRows, seedBooks } from '../testing/seed-books.js';
import { ComputePreview } from './compute-preview.js';
import { KeepBulkActions } from './keep-bulk-actions.js';

let service: CollectionsUnderTest;
let calls: BulkActionCalls;
let db: Db;

beforeAll(async () => {
  service = await collectionsUnderTest({ runner: false });
  calls = await BulkActionCalls.as(service, { role: 'supervisor', user: 'sue' });
  db = service.orm.em.fork();
  await seedBooks(db, 20);
}, 120_000);
afterAll(() => service.stop());
afterEach(() => requireInvariants(db));

/** An action as a process that ended left it: noted `seconds` ago, its preview not computed. */
async function orphan(selection: object, seconds: number): Promise<string> {
  return transaction(db, async (tx) => {
    const made = await row<{ id: string }>(
      tx,
      sql`INSERT INTO runs (kind, type, status, actor, offices, correlation_id, created_at)
          VALUES ('bulk-action', 'update-stage', 'previewing', 'sue', '{*}', 'test', clock_timestamp() - make_interval(secs => ${seconds})) RETURNING id`,
    );
    const id = made?.id ?? '';
    await run(
      tx,
      sql`INSERT INTO bulk_actions (id, selection, parameters, as_of)
          VALUES (${id}, ${JSON.stringify(selection)}::json, '{"stage":"sent"}'::json, ${calls.asOf})`,
    );
    return id;
  });
}

describe('What a process left half done', () => {
  it('is gone on with; a preview that is refused is cancelled with the reason, and stops nothing else', async () => {
    const refused = await orphan({ asOf: calls.asOf, accountIds: [accountId(999_999)] }, 60);
    const good = await orphan({ asOf: calls.asOf, accountIds: [accountId(1)] }, 60);
    await service.app.get(KeepBulkActions).keep();
    expect(await calls.ended(refused, 'cancelled')).toMatchObject({
      problem: expect.stringContaining('No account matches'),
      counts: { selected: 0 },
    });
    for (let poll = 0; poll < 100 && (await calls.read(good)).status === 'previewing'; poll += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await calls.read(good)).toMatchObject({ status: 'preview', counts: { selected: 1 } });
  });

  it('is asked for again when the command of a cancelled action was lost', async () => {
    const action = await calls.preview('write-off', {});
    await calls.confirm(action);
    await run(db, sql`UPDATE run_chunks SET status = 'sent', sent_at = clock_timestamp() WHERE run_id = ${action.id}`);
    await calls.post(`${action.id}/cancel`).expect(200);
    const commands = sql`SELECT 1 FROM outbox WHERE type = 'recoup.ledger.write-off-accounts.v1' AND subject = ${`${action.id}:0`}`;
    const keeper = service.app.get(KeepBulkActions);
    await keeper.keep();
    expect(await countRows(db, commands)).toBe(0);
    await run(db, sql`UPDATE run_chunks SET sent_at = sent_at - interval '2 minutes' WHERE run_id = ${action.id}`);
    await keeper.keep();
    await keeper.keep();
    expect(await countRows(db, commands)).toBe(1);
    const sameCorrelation = sql`${commands} AND correlation_id = (SELECT correlation_id FROM runs WHERE id = ${action.id})`;
    expect(await countRows(db, sameCorrelation)).toBe(1);
  });

  it('leaves nothing of a preview that is cancelled while it is computed', async () => {
    const id = await orphan({ asOf: calls.asOf, accountIds: [accountId(1)] }, 0);
    let computing: Promise<void> = Promise.resolve();
    await transaction(db, async (tx) => {
      await run(tx, sql`SELECT 1 FROM runs WHERE id = ${id} FOR UPDATE`);
      computing = service.app.get(ComputePreview).compute(id);
      for (let poll = 0; poll < 100 && (await waiting()) === 0; poll += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      await run(tx, sql`UPDATE runs SET status = 'cancelled', finished_at = clock_timestamp() WHERE id = ${id}`);
      await run(
        tx,
        sql`UPDATE bulk_actions SET ended = true, done_totals = '[]', done_office_totals = '[]' WHERE id = ${id}`,
      );
    });
    await computing;
    expect(await calls.read(id)).toMatchObject({ status: 'cancelled', hash: null, counts: { selected: 0 } });
    expect(await countRows(db, sql`SELECT 1 FROM bulk_action_items WHERE action_id = ${id}`)).toBe(0);
  });
});

/** Sessions of this test's database that wait for a lock. */
function waiting(): Promise<number> {
  return countRows(
    db,
    sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
}
