import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { queuedLinesMax } from '../queueing/queue-lines.js';
import {
  auditSql,
  balancesSql,
  bookedSql,
  bookingDataSql,
  nameTouchedSql,
  outcomesSql,
  publishEventsSql,
} from './book-chunk.sql.js';
import type { ChunkOrigin } from './chunk-origin.js';
import { bookChunk, stageChunk } from './execute-chunk.js';
import {
  assignPayerSql,
  openAgencyLinesSql,
  queuedLinesSql,
  referralEventsSql,
  referralTablesSql,
  stageAgencyLinesSql,
  stageReferralsSql,
  stageReferralTransactionsSql,
  writePayerInvoicesSql,
} from './referral-chunk.sql.js';
import { bookedBy, type Judgement } from './stage-items.sql.js';
import { holdTypeSql, openSelfLinesSql, stageWriteOffsSql, stageWrittenOffLinesSql } from './write-off-chunk.sql.js';
import { writeNumbered } from './write-numbered.js';

type ReferBalances = MessageData<'recoup.ledger.refer-balances.v1'>;

/**
 * Refers the balances of a chunk of accounts, which the caller has locked, to an agency's payer (LED-41): assigns the payer
 * where it lacks, books a payment of 0.00, the write-off of all that is open and the referral of the same amount, and makes
 * out the agency's invoice. A balance other than the previewed one is skipped (`rulings`, 5); what was referred before is
 * closed and finds nothing open (`rulings`, 16).
 */
export async function referBalances(
  tx: Db,
  { items, payerCode, transactionTypeCode }: ReferBalances,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  const { actionId, actor, recordedAt } = origin;
  await run(tx, holdTypeSql(transactionTypeCode));
  await stageChunk(tx, items, origin, judged(payerCode, transactionTypeCode, origin));
  const staged = [
    ...referralTablesSql,
    stageReferralsSql(payerCode),
    stageWriteOffsSql(
      transactionTypeCode,
      actionId,
      sql`(SELECT r.payment_id FROM chunk_referrals r WHERE r.account_id = w.account_id)`,
    ),
    stageWrittenOffLinesSql(transactionTypeCode),
    stageAgencyLinesSql,
    ...stageReferralTransactionsSql(transactionTypeCode, actionId),
    nameTouchedSql(sql`debit LIKE 'write-off:%'`),
    sql`ANALYZE chunk_referrals, chunk_agency_lines`,
  ];
  for (const statement of staged) await run(tx, statement);
  await run(tx, assignPayerSql);
  await writeNumbered(tx, writePayerInvoicesSql(actor, recordedAt));
  await bookChunk(tx, origin, [openAgencyLinesSql]);
  await run(tx, publishEventsSql(eventsSql(origin), origin));
  await run(tx, auditSql(origin, 'refer-to-agency', 'transaction', audited(payerCode, transactionTypeCode)));
  return rows<ItemOutcome>(tx, outcomesSql('transaction'));
}

function judged(payerCode: string, typeCode: string, origin: ChunkOrigin): Judgement {
  return {
    eligibility: 'refer',
    joins: sql`
      LEFT JOIN payers y ON y.code = ${payerCode}
      LEFT JOIN account_payers p ON p.account_id = a.id AND p.payer_id = y.id`,
    amount: sql`a.balance`,
    alreadyBooked: bookedBy(origin),
    verdicts: sql`
      WHEN y.id IS NULL THEN 'failed:unknown-payer'
      WHEN y.type <> 'generic' THEN 'failed:not-an-agency'
      WHEN NOT y.active THEN 'failed:payer-not-in-use'
      WHEN NOT EXISTS (SELECT FROM transaction_types t WHERE t.code = ${typeCode} AND t.custom_number IS NOT NULL AND t.active)
        THEN 'failed:unknown-transaction-type'
      WHEN a.balance = 0 THEN 'skipped:nothing-open'
      WHEN a.balance <> (w.item ->> 'previewedAmount')::bigint THEN 'skipped:changed-since-preview'
      WHEN p.active IS NOT TRUE AND p.policy_id IS NULL AND NOT y.skip_policy_id_check THEN 'failed:policy-id-missing'
      WHEN p.active IS NOT TRUE AND p.group_number IS NULL AND NOT y.skip_group_number_check THEN 'failed:group-number-missing'
      WHEN ${openSelfLinesSql} > ${queuedLinesMax}::int THEN 'failed:too-many-lines'`,
  };
}

/** In the order of the steps: payer assigned, payment, write-off, queueing, the agency's invoice. */
function eventsSql(origin: ChunkOrigin): RawBuilder<unknown> {
  const event = (
    step: number,
    type: string,
    kind: string,
    more: RawBuilder<unknown>,
    joins = sql``,
  ): RawBuilder<unknown> =>
    sql`SELECT t.account_id, ${step}::int, ${type}::text, ${bookingDataSql(origin, more)} ${bookedSql} ${joins} WHERE t.kind = ${kind}`;
  return sql.join(
    [
      referralEventsSql,
      event(2, 'recoup.ledger.payment-received.v1', 'payment', sql`'reference', NULL`),
      event(3, 'recoup.ledger.written-off.v1', 'write-off', sql`'commandId', t.command_id`),
      event(4, 'recoup.ledger.line-queued.v1', 'referral', sql`'lines', q.lines`, queuedLinesSql),
    ],
    sql` UNION ALL `,
  );
}

function audited(payerCode: string, typeCode: string) {
  const { before, after } = balancesSql;
  const how = sql`jsonb_build_object('payerCode', ${payerCode}::text, 'transactionTypeCode', ${typeCode}::text)`;
  return { before, after: sql`${after} || ${how}` };
}
