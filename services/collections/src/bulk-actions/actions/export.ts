import { row, sql, type ChunkCounts, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { countDone, pendingIn, recordDone } from '../chunk-items.sql.js';
import type { BulkAction, ChunkWork, PreviewParts } from './action.js';

export const exportParameters = z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') });

/**
 * Export (BLK-12): local. Carrying it out notes for each account that its row left the house; the file itself is streamed
 * from the report of the action's date whenever it is fetched.
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
    const done = await row<{ done: number; amount: number }>(
      tx,
      sql`WITH changed AS MATERIALIZED (SELECT i.account_id FROM bulk_action_items i WHERE ${pendingIn(run.id, chunk)}),
        audited AS (
          INSERT INTO audit (actor, action, entity_type, entity_id, account_id, bulk_action_id, after, correlation_id)
          SELECT ${run.actor}, 'export', 'account', account_id, account_id, ${run.id}::uuid, jsonb_build_object('format', ${format}::text), ${correlationId}
          FROM changed)
        ${recordDone(work, sql`i.before`)} ${countDone}`,
    );
    return { done: done?.done ?? 0, skipped: 0, failed: 0, amount: 0 };
  }
}
