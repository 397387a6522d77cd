import { sql, type RawBuilder } from '@recoup/service-kit';
import { selfSides } from '../postings/posting-rules.js';

/** The lines of a chunk's fee invoices, with the ids of all that they open, and whether the invoice is written yet. */
export const feeTablesSql = [
  sql`CREATE TEMP TABLE IF NOT EXISTS chunk_fee_lines (
        account_id uuid, invoice_id uuid, place int, service_line_id uuid, bill_line_id uuid, service_type_code text, amount bigint) ON COMMIT DROP`,
  sql`TRUNCATE chunk_fee_lines`,
];

/** The lines of the items that are done; an invoice's id is drawn once, its lines keep their order. */
export const stageFeeLinesSql = sql`
  INSERT INTO chunk_fee_lines
  SELECT w.account_id, w.invoice_id, l.ordinality, uuidv7(), uuidv7(), l.service_type_code, l.amount
  FROM (SELECT account_id, item, uuidv7() AS invoice_id FROM chunk_items WHERE status = 'done' OFFSET 0) w
  CROSS JOIN LATERAL ROWS FROM (json_to_recordset(w.item -> 'lines') AS ("serviceTypeCode" text, "amount" bigint))
    WITH ORDINALITY AS l (service_type_code, amount, ordinality)`;

/**
 * Writes the invoices that aren't written yet, each under the next number, dated and due today (LED-50; `rulings`, 3). A
 * number that somebody gave by hand is passed over: its invoice stays for the next call.
 */
export function writeFeeInvoicesSql(recordedAt: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO invoices (id, account_id, office_id, number, invoice_date, due_date, total, currency, recorded_at)
    SELECT l.invoice_id, w.account_id, w.office_id, 'FEE-' || nextval('fee_invoice_numbers'), w.today, w.today, w.amount, w.currency,
           ${recordedAt}::timestamptz
    FROM chunk_items w JOIN chunk_fee_lines l ON l.account_id = w.account_id AND l.place = 1
    WHERE w.status = 'done' AND NOT EXISTS (SELECT FROM invoices i WHERE i.id = l.invoice_id)
    ON CONFLICT (office_id, number) DO NOTHING`;
}

/** Service lines of today, each queued to Self as one bill line. */
export const writeFeeLinesSql = [
  sql`INSERT INTO service_lines (id, invoice_id, service_type_code, date_of_service, amount)
      SELECT l.service_line_id, l.invoice_id, l.service_type_code, w.today, l.amount
      FROM chunk_fee_lines l JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done'`,
  sql`INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date)
      SELECT l.bill_line_id, l.service_line_id, l.invoice_id, l.account_id, p.id, l.amount, w.today
      FROM chunk_fee_lines l JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done' JOIN payers p ON p.code = 'SELF'`,
];

/** What each invoice charges, by the action, under its number. */
export function stageChargesSql(actionId: string): RawBuilder<unknown>[] {
  const { debit, credit } = selfSides('charge');
  return [
    sql`INSERT INTO chunk_transactions (id, type_code, kind, account_id, invoice_id, amount, reference, command_id)
        SELECT w.booked_id, 'invoice', 'invoice', w.account_id, i.id, w.amount, i.number, ${actionId}
        FROM chunk_items w JOIN chunk_fee_lines l ON l.account_id = w.account_id AND l.place = 1 JOIN invoices i ON i.id = l.invoice_id
        WHERE w.status = 'done'`,
    sql`INSERT INTO chunk_postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
        SELECT w.booked_id, l.account_id, l.invoice_id, l.bill_line_id, ${debit}, ${credit}, l.amount, w.today
        FROM chunk_fee_lines l JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done'`,
  ];
}

/** The first event of each account: the invoice as it was issued. */
export function feeIssuedEventsSql(recordedAt: string): RawBuilder<unknown> {
  return sql`
    SELECT w.account_id, 1, 'recoup.ledger.invoice-issued.v1',
           json_build_object('accountId', w.account_id, 'invoiceId', t.invoice_id, 'number', t.reference, 'invoiceDate', w.today,
             'dueDate', w.today, 'total', w.amount, 'currency', w.currency, 'recordedAt', ${recordedAt}::text, 'lines', l.lines)
    FROM chunk_transactions t
    JOIN chunk_items w ON w.account_id = t.account_id AND w.status = 'done'
    JOIN (SELECT l.invoice_id, json_agg(json_build_object('serviceLineId', l.service_line_id, 'billLineId', l.bill_line_id,
                   'serviceTypeCode', l.service_type_code, 'dateOfService', w.today, 'amount', l.amount, 'payerCode', 'SELF',
                   'payerType', 'self', 'responsibilityDate', w.today, 'subscriptionId', NULL) ORDER BY l.place) AS lines
          FROM chunk_fee_lines l JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done'
          GROUP BY l.invoice_id) l ON l.invoice_id = t.invoice_id`;
}
