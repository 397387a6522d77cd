import { sql, type ChunkCounts, type Db, type RawBuilder } from '@recoup/service-kit';
import { changeFlagsSql, heldFlags } from '../../flags/change-flags.sql.js';
import { checkFlagCodes, flagCodes } from '../../flags/flag-codes.js';
import { lockStates } from '../../stages/lock-states.js';
import { carryOut, countDone, eligibilitySql, pendingAccounts, pendingIn, recordDone } from '../chunk-items.sql.js';
import type { BulkAction, ChunkWork, PreviewParts, Undo } from './action.js';

/**
 * Flags (BLK-10): local. "Before" and "after" hold the account's flags among those that the action names, so that an undo
 * gives and takes only what this action gave and took.
 */
export class Flags implements BulkAction {
  readonly type = 'flags';
  readonly parameters = flagCodes;
  readonly eligibility = 'flags';

  check(db: Db, given: unknown): Promise<void> {
    return checkFlagCodes(db, flagCodes.parse(given), 'parameters.');
  }

  preview(given: unknown): PreviewParts {
    const { add, remove } = flagCodes.parse(given);
    const after = sql`ARRAY(SELECT unnest(held.codes) UNION SELECT unnest(${add}::text[]) EXCEPT SELECT unnest(${remove}::text[]) ORDER BY 1)`;
    return {
      joins: sql`LEFT JOIN ${heldFlags([...add, ...remove])} held ON held.account_id = account.id`,
      amount: sql`0`,
      before: flagsJson(sql`coalesce(held.codes, '{}')`),
      after: flagsJson(after),
      reason: sql`CASE WHEN coalesce(held.codes, '{}') = ${after} THEN 'no-change' END`,
    };
  }

  execute(tx: Db, work: ChunkWork): Promise<ChunkCounts> {
    const { add, remove } = flagCodes.parse(work.parameters);
    const wanted = sql`${add}::text[] AS add, ${remove}::text[] AS remove, NULL::text[] AS expected`;
    return setFlags(tx, work, wanted, 'no-change');
  }

  readonly undo: Undo = {
    preview: (given) => {
      const { add, remove } = flagCodes.parse(given);
      return {
        joins: sql`LEFT JOIN ${heldFlags([...add, ...remove])} held ON held.account_id = account.id`,
        amount: sql`0`,
        before: sql`selected.after`,
        after: sql`selected.before`,
        reason: sql`CASE WHEN coalesce(held.codes, '{}') <> ${codesOf(sql`selected.after`)} THEN 'changed-since' END`,
      };
    },
    execute: (tx, work) => {
      const before = codesOf(sql`i.before`);
      const after = codesOf(sql`i.after`);
      const missing = sql`ARRAY(SELECT unnest(${after}) EXCEPT SELECT unnest(${before}) ORDER BY 1)`;
      const excess = sql`ARRAY(SELECT unnest(${before}) EXCEPT SELECT unnest(${after}) ORDER BY 1)`;
      return setFlags(tx, work, sql`${missing} AS add, ${excess} AS remove, ${before} AS expected`, 'changed-since');
    },
  };
}

async function setFlags(
  tx: Db,
  work: ChunkWork,
  wanted: RawBuilder<unknown>,
  otherwise: 'no-change' | 'changed-since',
): Promise<ChunkCounts> {
  const { run, chunk, now, correlationId } = work;
  const { add, remove } = flagCodes.parse(work.parameters);
  await lockStates(tx, pendingAccounts(work));
  const statement = changeFlagsSql({
    target: sql`
      SELECT i.account_id, ${wanted}, eligibility.reason AS barred
      FROM bulk_action_items i JOIN accounts a ON a.id = i.account_id
      JOIN ${eligibilitySql('flags')} ON eligibility.status = a.status
      WHERE ${pendingIn(run.id, chunk)}`,
    concerned: [...add, ...remove],
    record: recordDone(work, flagsJson(sql`c.before`)),
    result: countDone,
    actor: run.actor,
    bulkActionId: run.id,
    now,
    correlationId,
  });
  return carryOut(tx, work, statement, { eligibility: 'flags', reason: sql`${otherwise}::text` });
}

function flagsJson(codes: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`json_build_object('flags', ${codes})`;
}

/** The codes of a "before" or "after", in the database's own order of text. */
function codesOf(state: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`ARRAY(SELECT json_array_elements_text(${state} -> 'flags') ORDER BY 1)`;
}
