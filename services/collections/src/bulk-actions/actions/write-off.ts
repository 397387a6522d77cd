import { code } from '@recoup/contracts';
import { publish, rows, sent, sql, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { pendingIn } from '../chunk-items.sql.js';
import { checkWriteOffType } from './write-off-types.js';
import type { BulkAction, ChunkWork, PreviewParts, Undo } from './action.js';

const parameters = z.strictObject({ transactionTypeCode: code.default('coupon') });

/**
 * Write off balances (BLK-15): remote. The ledger books the lesser of the previewed and the current balance under the
 * account's lock and answers what it did; the answer finishes the chunk. A chunk asked for again is the same command, since
 * its items stay pending until the answer.
 */
export class WriteOff implements BulkAction {
  readonly type = 'write-off';
  readonly parameters = parameters;
  readonly eligibility = 'write-off';

  check(db: Db, given: unknown): Promise<void> {
    return checkWriteOffType(db, parameters.parse(given).transactionTypeCode);
  }

  preview(): PreviewParts {
    return {
      joins: sql``,
      amount: sql`account.balance`,
      before: sql`json_build_object('balance', account.balance)`,
      after: sql`json_build_object('balance', 0)`,
      reason: sql`CASE WHEN account.balance = 0 THEN 'nothing-open' END`,
    };
  }

  async execute(tx: Db, work: ChunkWork): Promise<typeof sent> {
    const { transactionTypeCode } = parameters.parse(work.parameters);
    const items = await rows<{ accountId: string; previewedAmount: number }>(
      tx,
      sql`SELECT account_id AS "accountId", previewed_amount AS "previewedAmount" FROM bulk_action_items i
          WHERE ${pendingIn(work.run.id, work.chunk)} ORDER BY i.account_id`,
    );
    await publish(tx, [
      {
        type: 'recoup.ledger.write-off-accounts.v1',
        ...addressed(work),
        data: { ...origin(work), transactionTypeCode, items },
      },
    ]);
    return sent;
  }

  /** The ledger reverses each transaction that is not reversed yet, whatever was paid since. */
  readonly undo: Undo = {
    preview: () => ({
      joins: sql``,
      amount: sql`selected.amount`,
      before: sql`json_build_object('transactionId', selected.transaction_id)`,
      after: sql`NULL::json`,
      reason: sql`CASE WHEN selected.undone THEN 'already-reversed' END`,
    }),
    execute: async (tx, work) => {
      const items = await rows<{ accountId: string; transactionId: string }>(
        tx,
        sql`SELECT account_id AS "accountId", before ->> 'transactionId' AS "transactionId" FROM bulk_action_items i
            WHERE ${pendingIn(work.run.id, work.chunk)} ORDER BY i.account_id`,
      );
      await publish(tx, [
        { type: 'recoup.ledger.reverse-transactions.v1', ...addressed(work), data: { ...origin(work), items } },
      ]);
      return sent;
    },
  };
}

/** A command is told apart by action and chunk; it has no sequence, for who locks first wins. */
function addressed({ run, chunk, correlationId }: ChunkWork): { key: string; subject: string; correlationId: string } {
  const key = `${run.id}:${chunk}`;
  return { key, subject: key, correlationId };
}

function origin({ run, chunk }: ChunkWork) {
  return { actionId: run.id, chunk, actor: run.actor, approver: run.approver, offices: run.offices };
}
