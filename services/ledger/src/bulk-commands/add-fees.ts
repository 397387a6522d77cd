import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { asCommand, rows, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { applyCredit } from '../credit/apply-credit.js';
import { amountMax } from '../postings/amount-max.js';
import { auditSql, balancesSql, outcomesSql, publishEventsSql } from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { bookChunk, stageChunk } from './execute-chunk.js';
import {
  feeIssuedEventsSql,
  feeTablesSql,
  stageChargesSql,
  stageFeeLinesSql,
  writeFeeInvoicesSql,
  writeFeeLinesSql,
} from './fee-invoices.sql.js';
import { bookedBy, type Judgement } from './stage-items.sql.js';
import { writeNumbered } from './write-numbered.js';

/**
 * Adds a fee invoice to each account of a chunk, which the caller has locked (LED-50): the lines as they were verified, an
 * invoice of its own, dated and due today, to which the account's credit is applied at once (`rulings`, 1 to 3).
 */
export async function addFees(
  tx: Db,
  { items }: MessageData<'recoup.ledger.add-fees.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  const { recordedAt, actionId, actor } = origin;
  await stageChunk(tx, items, origin, judged(origin));
  for (const statement of [...feeTablesSql, stageFeeLinesSql, sql`ANALYZE chunk_fee_lines`]) await run(tx, statement);
  await writeNumbered(tx, writeFeeInvoicesSql(recordedAt));
  for (const statement of [...writeFeeLinesSql, ...stageChargesSql(actionId)]) await run(tx, statement);
  await bookChunk(tx, origin);
  const withCredit = await invoicesWithCredit(tx);
  // Parts of the action beside its invoices, which are part 0 of each account.
  const credited = await asCommand(actionId, () => applyCredit(tx, withCredit, { actor, recordedAt }), 1);
  const events = sql`${feeIssuedEventsSql(recordedAt)} UNION ALL ${creditEventsSql(credited)}`;
  await run(tx, publishEventsSql(events, origin));
  await run(tx, auditSql(origin, 'add-fees', 'transaction', balancesSql));
  return rows<ItemOutcome>(tx, outcomesSql('transaction'));
}

function judged(origin: ChunkOrigin): Judgement {
  return {
    eligibility: 'add-fees',
    joins: sql`
      CROSS JOIN LATERAL (
        SELECT sum(l.amount)::bigint AS total, bool_and(t.code IS NOT NULL) AS known, bool_and(coalesce(t.is_fee, false)) AS fees
        FROM json_to_recordset(w.item -> 'lines') AS l ("serviceTypeCode" text, amount bigint)
        LEFT JOIN service_types t ON t.code = l."serviceTypeCode") f`,
    amount: sql`f.total`,
    alreadyBooked: bookedBy(origin),
    verdicts: sql`
      WHEN w.item ->> 'currency' <> a.currency THEN 'skipped:currency'
      WHEN NOT f.known THEN 'failed:unknown-service-type'
      WHEN NOT f.fees THEN 'failed:not-a-fee'
      WHEN f.total > ${amountMax}::bigint THEN 'failed:total-too-large'`,
  };
}

/** The new invoices of accounts that have credit: the others need not be looked at. */
async function invoicesWithCredit(tx: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`SELECT t.invoice_id AS id FROM chunk_transactions t
        JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done' AND w.credit > 0`,
  );
  return found.map(({ id }) => id);
}

function creditEventsSql(credited: readonly object[]): RawBuilder<unknown> {
  return sql`SELECT (data ->> 'accountId')::uuid, 2, type, data
             FROM json_to_recordset(${JSON.stringify(credited)}::json) AS t (type text, data json)`;
}
