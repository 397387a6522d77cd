import { stage } from '@recoup/contracts';
import { sql, type ChunkCounts, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { changeStagesSql } from '../../stages/change-stages.sql.js';
import { lockStates } from '../../stages/lock-states.js';
import { carryOut, countDone, eligibilitySql, pendingAccounts, pendingIn, recordDone } from '../chunk-items.sql.js';
import type { BulkAction, ChunkWork, PreviewParts, Undo } from './action.js';

const parameters = z.strictObject({ stage });

/** Update Stage (BLK-14): local, history kept, undone by setting back what each account was. */
export class UpdateStage implements BulkAction {
  readonly type = 'update-stage';
  readonly parameters = parameters;
  readonly eligibility = 'update-stage';

  preview(given: unknown): PreviewParts {
    const { stage: wanted } = parameters.parse(given);
    return {
      joins: sql`LEFT JOIN account_states state ON state.account_id = account.id`,
      amount: sql`0`,
      before: sql`json_build_object('stage', coalesce(state.stage, 'not-set'))`,
      after: sql`json_build_object('stage', ${wanted}::text)`,
      reason: sql`CASE WHEN coalesce(state.stage, 'not-set') = ${wanted} THEN 'no-change' END`,
    };
  }

  execute(tx: Db, work: ChunkWork): Promise<ChunkCounts> {
    return setStages(tx, work, 'no-change');
  }

  readonly undo: Undo = {
    preview: () => ({
      joins: sql`LEFT JOIN account_states state ON state.account_id = account.id`,
      amount: sql`0`,
      before: sql`selected.after`,
      after: sql`selected.before`,
      reason: sql`CASE WHEN coalesce(state.stage, 'not-set') <> selected.after ->> 'stage' THEN 'changed-since' END`,
    }),
    execute: (tx, work) => setStages(tx, work, 'changed-since'),
  };
}

/** Sets each item's account to the stage of its "after"; an undo only if it still has the stage of its "before". */
async function setStages(tx: Db, work: ChunkWork, otherwise: 'no-change' | 'changed-since'): Promise<ChunkCounts> {
  const { run, chunk, now, correlationId } = work;
  await lockStates(tx, pendingAccounts(work));
  const statement = changeStagesSql({
    target: sql`
      SELECT i.account_id, i.after ->> 'stage' AS stage, eligibility.reason AS barred,
             ${otherwise === 'changed-since' ? sql`i.before ->> 'stage'` : sql`NULL::text`} AS expected
      FROM bulk_action_items i JOIN accounts a ON a.id = i.account_id
      JOIN ${eligibilitySql('update-stage')} ON eligibility.status = a.status
      WHERE ${pendingIn(run.id, chunk)}`,
    record: recordDone(work, sql`json_build_object('stage', c.previous)`),
    result: countDone,
    actor: run.actor,
    bulkActionId: run.id,
    now,
    correlationId,
  });
  return carryOut(tx, work, statement, { eligibility: 'update-stage', reason: sql`${otherwise}::text` });
}
