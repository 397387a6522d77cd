import type { PayerType } from '@recoup/contracts';
import { rows, sql, type Db } from '@recoup/service-kit';
import type { TransactionKind } from '../postings/posting-rules.js';

/** A bill line that somebody wants to queue, with the line of Self beside it. Amounts in minor units. */
export interface QueueableLine {
  readonly billLineId: string;
  readonly serviceLineId: string;
  readonly invoiceId: string;
  readonly invoiceDate: string;
  readonly open: number;
  readonly payerId: string;
  readonly payerType: PayerType;
  /** The kind of the transaction that opened it; null of the line that the invoice opened, which is Self's. */
  readonly openedAs: TransactionKind | null;
  readonly selfLineId: string;
  readonly selfAmount: number;
}

/** Bill lines of a locked account by their ids. */
export function queueableLines(tx: Db, accountId: string, ids: readonly string[]): Promise<QueueableLine[]> {
  return rows<QueueableLine>(
    tx,
    sql`SELECT b.id AS "billLineId", b.service_line_id AS "serviceLineId", b.invoice_id AS "invoiceId", i.invoice_date AS "invoiceDate",
               b.open_amount AS open, b.payer_id AS "payerId", p.type AS "payerType", o.kind AS "openedAs",
               s.id AS "selfLineId", s.amount AS "selfAmount"
        FROM bill_lines b
        JOIN invoices i ON i.id = b.invoice_id
        JOIN payers p ON p.id = b.payer_id
        JOIN bill_lines s ON s.service_line_id = b.service_line_id AND s.opened_by IS NULL
        LEFT JOIN transactions o ON o.id = b.opened_by
        WHERE b.account_id = ${accountId} AND b.id = ANY(${[...ids]}::uuid[])`,
  );
}

/** What a custom write-off closed on a line of Self and no agency was given yet; `paymentId` is that of its payment window. */
export interface Unreferred {
  readonly billLineId: string;
  readonly typeCode: string;
  readonly paymentId: string | null;
  readonly amount: number;
}

/**
 * What of lines of Self stands written off by custom write-offs and not referred: by line and type what was closed, less
 * what stands referred under that type, both net of what was taken back (LED-41).
 */
export function unreferred(tx: Db, accountId: string, selfLineIds: readonly string[]): Promise<Unreferred[]> {
  return rows<Unreferred>(
    tx,
    sql`SELECT b.id AS "billLineId", c.code AS "typeCode", w.payment_id AS "paymentId", (c.closed - r.referred)::bigint AS amount
        FROM bill_lines b
        JOIN LATERAL (
          SELECT t.code, sum(CASE p.debit WHEN 'write-off:' || t.code THEN p.amount ELSE -p.amount END) AS closed
          FROM postings p
          JOIN transaction_types t ON t.custom_number IS NOT NULL AND 'write-off:' || t.code IN (p.debit, p.credit)
          WHERE p.account_id = b.account_id AND p.bill_line_id = b.id GROUP BY t.code) c ON true
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(CASE p.credit WHEN 'recoverable' THEN p.amount ELSE -p.amount END), 0) AS referred
          FROM bill_lines q
          JOIN transactions o ON o.id = q.opened_by AND o.kind = 'referral' AND o.type_code = c.code
          JOIN postings p ON p.account_id = q.account_id AND p.bill_line_id = q.id AND 'recoverable' IN (p.debit, p.credit)
          WHERE q.service_line_id = b.service_line_id) r
        LEFT JOIN LATERAL (
          SELECT t.payment_id FROM transactions t
          WHERE t.account_id = b.account_id AND t.kind = 'write-off' AND t.type_code = c.code AND t.payment_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM transactions v WHERE v.reverses_id = t.id)
            AND EXISTS (SELECT FROM postings p WHERE p.transaction_id = t.id AND p.bill_line_id = b.id)
          ORDER BY t.recorded_at DESC, t.id DESC LIMIT 1) w ON true
        WHERE b.account_id = ${accountId} AND b.id = ANY(${[...selfLineIds]}::uuid[]) AND c.closed > r.referred
        ORDER BY c.code, b.id`,
  );
}
