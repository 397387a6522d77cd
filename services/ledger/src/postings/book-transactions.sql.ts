import { sql, type RawBuilder } from '@recoup/service-kit';

/** Inserts transactions given as a JSON array. */
export function insertTransactionsSql(json: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO transactions (id, type_code, kind, account_id, office_id, currency, invoice_id, bill_line_id, amount,
                              effective_date, recorded_at, reference, reason, actor, command_id, reverses_id,
                              payer_id, payment_id, command_part)
    SELECT "id", "typeCode", "kind", "accountId", "officeId", "currency", "invoiceId", "billLineId", "amount",
           "effectiveDate", "recordedAt", "reference", "reason", "actor", "commandId", "reversesId", "payerId", "paymentId",
           "commandPart"
    FROM json_to_recordset(${json}::json)
      AS t ("id" uuid, "typeCode" text, "kind" text, "accountId" uuid, "officeId" uuid, "currency" text, "invoiceId" uuid,
            "billLineId" uuid, "amount" bigint, "effectiveDate" date, "recordedAt" timestamptz, "reference" text,
            "reason" text, "actor" text, "commandId" text, "reversesId" uuid, "payerId" uuid,
            "paymentId" uuid, "commandPart" int)`;
}

/** Opens bill lines given as a JSON array, each of which names its transaction. */
export function openBillLinesSql(json: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO bill_lines (id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date, opened_by)
    SELECT "billLineId", "serviceLineId", "invoiceId", "accountId", "payerId", "amount", "responsibilityDate", "openedBy"
    FROM json_to_recordset(${json}::json)
      AS t ("billLineId" uuid, "serviceLineId" uuid, "invoiceId" uuid, "accountId" uuid, "payerId" uuid, "amount" bigint,
            "responsibilityDate" date, "openedBy" uuid)`;
}

/** Inserts postings given as a JSON array; the triggers on them run when the whole statement is done. */
export function insertPostingsSql(json: string): RawBuilder<unknown> {
  return sql`
    INSERT INTO postings (transaction_id, account_id, invoice_id, bill_line_id, debit, credit, amount, effective_date, source_transaction_id)
    SELECT "transactionId", "accountId", "invoiceId", "billLineId", "debit", "credit", "amount", "effectiveDate", "sourceId"
    FROM json_to_recordset(${json}::json)
      AS t ("transactionId" uuid, "accountId" uuid, "invoiceId" uuid, "billLineId" uuid, "debit" text, "credit" text,
            "amount" bigint, "effectiveDate" date, "sourceId" uuid)`;
}
