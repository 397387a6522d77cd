import type { ItemOutcome, MessageData } from '@recoup/contracts';
import { rows, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';
import { mirrored, selfSides, sidesOf } from '../postings/posting-rules.js';
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
import { bookedBy, type Judgement } from './stage-items.sql.js';

/** Lines `q` of the payer that a referral `o` opened, as far as they are open. */
const openReferredSql = sql`bill_lines q JOIN transactions o ON o.id = q.opened_by AND o.kind = 'referral'`;

/**
 * Recalls what an agency has not collected of a chunk of accounts, which the caller has locked (LED-42): the agency's lines
 * close, the account's own open again under the type of the write-off that had closed them. Dates stay (`rulings`, 8). The
 * status of an account is no hindrance.
 */
export async function recallBalances(
  tx: Db,
  { items, payerCode }: MessageData<'recoup.ledger.recall-balances.v1'>,
  origin: ChunkOrigin,
): Promise<ItemOutcome[]> {
  await stageChunk(tx, items, origin, judged(payerCode, origin));
  for (const statement of stageRecallsSql(payerCode, origin.actionId)) await run(tx, statement);
  await bookChunk(tx, origin);
  const data = bookingDataSql(origin, sql`'payerCode', ${payerCode}::text, 'commandId', t.command_id`);
  const events = sql`SELECT t.account_id, 1, 'recoup.ledger.balance-recalled.v1', ${data} ${bookedSql}`;
  await run(tx, publishEventsSql(events, origin));
  const { before, after } = balancesSql;
  const recalled = sql`${after} || jsonb_build_object('payerCode', ${payerCode}::text)`;
  await run(tx, auditSql(origin, 'recall-from-agency', 'transaction', { before, after: recalled }));
  return rows<ItemOutcome>(tx, outcomesSql('transaction'));
}

function judged(payerCode: string, origin: ChunkOrigin): Judgement {
  return {
    eligibility: 'recall',
    joins: sql`
      LEFT JOIN payers y ON y.code = ${payerCode}
      LEFT JOIN LATERAL (
        SELECT sum(q.open_amount)::bigint AS open, count(*) AS lines
        FROM ${openReferredSql} WHERE q.account_id = a.id AND q.payer_id = y.id AND q.open_amount > 0) r ON true`,
    amount: sql`r.open`,
    alreadyBooked: bookedBy(origin),
    verdicts: sql`
      WHEN y.id IS NULL THEN 'failed:unknown-payer'
      WHEN y.type <> 'generic' THEN 'failed:not-an-agency'
      WHEN r.open IS NULL THEN 'skipped:nothing-open'
      WHEN r.lines > ${queuedLinesMax}::int THEN 'failed:too-many-lines'`,
  };
}

/** One recall an account; its postings mirror, line by line, the referral and the write-off of the same type before it. */
function stageRecallsSql(payerCode: string, actionId: string): RawBuilder<unknown>[] {
  const agency = mirrored(sidesOf('referred', 'generic'));
  const own = mirrored(selfSides('write-off'));
  const lines = sql`
    chunk_items w
    JOIN payers y ON y.code = ${payerCode}
    JOIN (${openReferredSql}) ON q.account_id = w.account_id AND q.payer_id = y.id AND q.open_amount > 0`;
  return [
    sql`INSERT INTO chunk_transactions (id, type_code, kind, account_id, amount, command_id, payer_id)
        SELECT w.booked_id, 'recall', 'recall', w.account_id, w.amount, ${actionId}, y.id
        FROM chunk_items w JOIN payers y ON y.code = ${payerCode} WHERE w.status = 'done'`,
    sql`INSERT INTO chunk_postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
        SELECT w.booked_id, q.account_id, q.invoice_id, q.id, ${agency.debit}, ${agency.credit}, q.open_amount, w.today
        FROM ${lines} WHERE w.status = 'done'
        UNION ALL
        SELECT w.booked_id, q.account_id, q.invoice_id, b.id, ${own.debit}, ${own.credit} || o.type_code, q.open_amount, w.today
        FROM ${lines} JOIN bill_lines b ON b.service_line_id = q.service_line_id AND b.opened_by IS NULL
        WHERE w.status = 'done'`,
    nameTouchedSql(sql`credit = ${agency.credit}`),
  ];
}
