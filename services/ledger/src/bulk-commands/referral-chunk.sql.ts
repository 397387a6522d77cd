import { sql, type RawBuilder } from '@recoup/service-kit';
import { sidesOf } from '../postings/posting-rules.js';

/** What a referral opens for the agency's payer besides its transactions: its invoice, and a bill line for each that was closed. */
export const referralTablesSql = [
  sql`CREATE TEMP TABLE IF NOT EXISTS chunk_referrals (
        account_id uuid, payment_id uuid, referral_id uuid, payer_id uuid, payer_invoice_id uuid, assigned boolean) ON COMMIT DROP`,
  sql`CREATE TEMP TABLE IF NOT EXISTS chunk_agency_lines (
        account_id uuid, invoice_id uuid, service_line_id uuid, bill_line_id uuid, amount bigint) ON COMMIT DROP`,
  sql`TRUNCATE chunk_referrals, chunk_agency_lines`,
];

/** Ids of what is opened for the items that are done. */
export function stageReferralsSql(payerCode: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO chunk_referrals
    SELECT w.account_id, uuidv7(), uuidv7(), y.id, uuidv7(), coalesce(p.active, false)
    FROM chunk_items w
    JOIN payers y ON y.code = ${payerCode}
    LEFT JOIN account_payers p ON p.account_id = w.account_id AND p.payer_id = y.id
    WHERE w.status = 'done'`;
}

/** An agency's line for each line that the write-off closes, of the same amount. */
export const stageAgencyLinesSql = sql`
  INSERT INTO chunk_agency_lines
  SELECT p.account_id, p.invoice_id, b.service_line_id, uuidv7(), p.amount
  FROM chunk_postings p JOIN bill_lines b ON b.id = p.bill_line_id`;

/** The payment of 0.00, which posts nothing, and the referral with the type of the write-off between them (`rulings`, 9). */
export function stageReferralTransactionsSql(typeCode: string, actionId: string): RawBuilder<unknown>[] {
  const { debit, credit } = sidesOf('referred', 'generic');
  return [
    sql`INSERT INTO chunk_transactions (id, type_code, kind, account_id, amount, command_id, command_part)
        SELECT payment_id, 'payment', 'payment', account_id, 0, ${actionId}, 1 FROM chunk_referrals`,
    sql`INSERT INTO chunk_transactions (id, type_code, kind, account_id, amount, payer_id, payment_id, command_id, command_part)
        SELECT r.referral_id, ${typeCode}, 'referral', r.account_id, w.amount, r.payer_id, r.payment_id, ${actionId}, 2
        FROM chunk_referrals r JOIN chunk_items w ON w.account_id = r.account_id AND w.status = 'done'`,
    sql`INSERT INTO chunk_postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date)
        SELECT r.referral_id, l.account_id, l.invoice_id, l.bill_line_id, ${debit}, ${credit}, l.amount, w.today
        FROM chunk_agency_lines l JOIN chunk_referrals r ON r.account_id = l.account_id
        JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done'`,
  ];
}

/** Assigns the payer to accounts that lack it; an assignment that had ended begins again. */
export const assignPayerSql = sql`
  INSERT INTO account_payers (account_id, payer_id) SELECT account_id, payer_id FROM chunk_referrals WHERE NOT assigned
  ON CONFLICT (account_id, payer_id) DO UPDATE SET active = true, version = account_payers.version + 1`;

/** Makes out the agency's invoices that aren't made out yet, each under the next number that is free in its office. */
export function writePayerInvoicesSql(actor: string, recordedAt: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO payer_invoices (id, account_id, office_id, currency, payer_id, number, invoice_date, total, actor, recorded_at)
    SELECT r.payer_invoice_id, r.account_id, w.office_id, w.currency, r.payer_id, y.code || '-' || nextval('payer_invoice_numbers'),
           w.today, w.amount, ${actor}, ${recordedAt}::timestamptz
    FROM chunk_referrals r
    JOIN payers y ON y.id = r.payer_id
    JOIN chunk_items w ON w.account_id = r.account_id AND w.status = 'done'
    WHERE NOT EXISTS (SELECT FROM payer_invoices v WHERE v.id = r.payer_invoice_id)
    ON CONFLICT (office_id, number) DO NOTHING`;
}

/** The agency's bill lines, which name the referrals that opened them and stand on its invoices. */
export const openAgencyLinesSql = sql`
  INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date, opened_by, payer_invoice_id)
  SELECT l.bill_line_id, l.service_line_id, l.invoice_id, l.account_id, r.payer_id, l.amount, w.today, r.referral_id, r.payer_invoice_id
  FROM chunk_agency_lines l JOIN chunk_referrals r ON r.account_id = l.account_id
  JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done'`;

/** Events of what isn't a booking: the assignment first, the agency's invoice last. */
export const referralEventsSql = sql`
  SELECT r.account_id, 1, 'recoup.ledger.payer-assigned.v1',
         json_build_object('accountId', r.account_id, 'payerId', y.id, 'payerCode', y.code, 'payerType', y.type, 'active', true)
  FROM chunk_referrals r JOIN payers y ON y.id = r.payer_id WHERE NOT r.assigned
  UNION ALL
  SELECT r.account_id, 5, 'recoup.ledger.payer-invoice-issued.v1',
         json_build_object('accountId', r.account_id, 'payerInvoiceId', r.payer_invoice_id, 'payerCode', y.code, 'number', v.number,
           'invoiceDate', w.today, 'total', w.amount, 'currency', w.currency, 'billLineIds', l.ids)
  FROM chunk_referrals r
  JOIN payers y ON y.id = r.payer_id
  JOIN chunk_items w ON w.account_id = r.account_id AND w.status = 'done'
  JOIN payer_invoices v ON v.id = r.payer_invoice_id
  JOIN (SELECT l.account_id, json_agg(l.bill_line_id ORDER BY s.date_of_service, l.bill_line_id) AS ids
        FROM chunk_agency_lines l JOIN service_lines s ON s.id = l.service_line_id GROUP BY l.account_id) l ON l.account_id = r.account_id`;

/** The lines of a line-queued event, by account. */
export const queuedLinesSql = sql`
  LEFT JOIN (
    SELECT l.account_id, json_agg(json_build_object('billLineId', l.bill_line_id, 'serviceLineId', l.service_line_id,
             'invoiceId', l.invoice_id, 'payerCode', y.code, 'payerType', y.type, 'amount', l.amount, 'responsibilityDate', w.today)) AS lines
    FROM chunk_agency_lines l
    JOIN chunk_referrals r ON r.account_id = l.account_id
    JOIN payers y ON y.id = r.payer_id
    JOIN chunk_items w ON w.account_id = l.account_id AND w.status = 'done'
    GROUP BY l.account_id) q ON q.account_id = t.account_id`;
