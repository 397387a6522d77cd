import { row, rows, run as execute, sql, type ChunkCounts, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { accountsRelation, exportedColumns } from '../../report/report.query.js';
import { countDone, pendingAccounts, pendingIn, recordDone } from '../chunk-items.sql.js';
import type { BulkAction, ChunkWork, PreviewParts } from './action.js';

export const exportParameters = z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') });

/**
 * Export (BLK-12): local. Carrying it out keeps the report's row of each account as of the action's date, with the balance
 * at the item, and notes that it left the house; the file is streamed from these rows. What a backdated booking changed
 * since the preview is in it, and an account that no longer had a balance that day is left out.
 */
export class Export implements BulkAction {
  readonly type = 'export';
  readonly parameters = exportParameters;
  readonly eligibility = 'export';

  preview(): PreviewParts {
    return {
      joins: sql``,
      amount: sql`0`,
      before: sql`NULL::json`,
      after: sql`NULL::json`,
      reason: sql`CASE WHEN selected.balance = 0 THEN 'no-balance' END`,
    };
  }

  async execute(tx: Db, work: ChunkWork): Promise<ChunkCounts> {
    const { run, chunk, correlationId } = work;
    const { format } = exportParameters.parse(work.parameters);
    const action = await row<{ as_of: string }>(tx, sql`SELECT as_of FROM bulk_actions WHERE id = ${run.id}`);
    const pending = await rows<{ account_id: string }>(tx, pendingAccounts(work));
    const accounts = accountsRelation(
      action?.as_of ?? '',
      pending.map((each) => each.account_id),
    );
    const done = await row<{ done: number }>(
      tx,
      sql`WITH changed AS MATERIALIZED (
            SELECT shown.id AS account_id, shown."accountNumber" AS account_number, shown.balance, to_json(shown) AS shown
            FROM (SELECT ${exportedColumns} FROM ${accounts}) shown),
          kept AS (
            INSERT INTO exported_rows (action_id, account_number, account_id, shown)
            SELECT ${run.id}::uuid, account_number, account_id, shown FROM changed),
          audited AS (
            INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, after, correlation_id)
            SELECT ${run.actor}, 'export', 'account', account_id, account_id, ${run.id}::uuid, jsonb_build_object('format', ${format}::text), ${correlationId}
            FROM changed)
          ${recordDone(work, sql`i.before`, sql`, as_of_balance = c.balance`)} ${countDone}`,
    );
    const skipped = await execute(
      tx,
      sql`UPDATE bulk_action_items i SET status = 'skipped', amount = 0, reason = 'no-balance' WHERE ${pendingIn(run.id, chunk)}`,
    );
    return { done: done?.done ?? 0, skipped, failed: 0, amount: 0 };
  }
}
