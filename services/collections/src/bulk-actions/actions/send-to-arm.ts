import { sql, type ChunkCounts, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { armCode } from '../../agencies/arm.js';
import { requireAgency } from '../../agencies/read-agency.js';
import { createDelivery } from '../../deliveries/create-delivery.js';
import { referAccountsSql } from '../../referrals/refer-accounts.sql.js';
import { unplaceable } from '../../referrals/unplaceable.sql.js';
import { lockStates } from '../../stages/lock-states.js';
import { carryOut, countDone, eligibilitySql, pendingAccounts, pendingIn, recordDone } from '../chunk-items.sql.js';
import type { BulkAction, ChunkWork, PreviewParts } from './action.js';

const parameters = z.strictObject({ setStageToSent: z.boolean().default(true) });

/**
 * Send to ARM (BLK-16): local. A referral record an account, with today's open amount; when the action ends, one file with
 * these referrals goes to ARM. What left the house is not undone, and the preview says so.
 */
export class SendToArm implements BulkAction {
  readonly type = 'send-to-arm';
  readonly parameters = parameters;
  readonly eligibility = 'send-to-arm';

  async check(db: Db): Promise<void> {
    await requireAgency(db, armCode);
  }

  warnings(): readonly string[] {
    return ['not-undoable'];
  }

  preview(given: unknown): PreviewParts {
    const { setStageToSent } = parameters.parse(given);
    const stage = sql`coalesce(state.stage, 'not-set')`;
    return {
      joins: sql`LEFT JOIN account_states state ON state.account_id = account.id`,
      amount: sql`account.balance`,
      before: sql`json_build_object('stage', ${stage})`,
      after: sql`json_build_object('stage', ${setStageToSent ? sql`'sent'::text` : stage}, 'agency', ${armCode}::text)`,
      reason: sql`CASE WHEN state.agency_code IS NOT NULL THEN 'already-referred' WHEN account.balance = 0 THEN 'nothing-open'
                         ELSE ${unplaceable('account')} END`,
    };
  }

  async execute(tx: Db, work: ChunkWork): Promise<ChunkCounts> {
    const { run, chunk, now, correlationId } = work;
    const agency = await requireAgency(tx, armCode);
    await lockStates(tx, pendingAccounts(work));
    const statement = referAccountsSql({
      target: sql`
        SELECT i.account_id, i.previewed_amount AS amount, eligibility.reason AS barred
        FROM bulk_action_items i JOIN accounts a ON a.id = i.account_id
        JOIN ${eligibilitySql('send-to-arm')} ON eligibility.status = a.status
        WHERE ${pendingIn(run.id, chunk)}`,
      record: recordDone(work, sql`json_build_object('stage', c.previous)`),
      result: countDone,
      agencyId: agency.id,
      agencyCode: agency.code,
      setStageToSent: parameters.parse(work.parameters).setStageToSent,
      actor: run.actor,
      bulkActionId: run.id,
      now,
      correlationId,
    });
    return carryOut(tx, work, statement, {
      eligibility: 'send-to-arm',
      reason: sql`CASE WHEN state.agency_code IS NOT NULL THEN 'already-referred'
                       ELSE coalesce(${unplaceable('account')}, 'changed-since-preview') END`,
      also: sql`, current_amount = account.balance`,
    });
  }

  /** Whatever was referred goes out, also when the action was cancelled half way. */
  async ended(tx: Db, { run, now }: Omit<ChunkWork, 'chunk'>): Promise<void> {
    await createDelivery(tx, armCode, run.id, now);
  }
}
