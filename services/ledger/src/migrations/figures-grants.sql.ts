/**
 * Running figures begin at nothing too: the service writes every column of a new account, invoice or bill line but those
 * that only the trigger on postings moves (LED-1). And whether a custom write-off was ever used is asked of an index (LED-12).
 */
export function figuresGrantsSql(role: string): string[] {
  const columns = {
    accounts:
      'id, office_id, number, name, language, status, statement_hold, currency, contact, phone_hashes, email_hash, sequence, contact_sequence, version',
    invoices:
      'id, account_id, office_id, number, invoice_date, due_date, total, currency, settled_on, imported_disputed, recorded_at',
    bill_lines:
      'id, service_line_id, invoice_id, account_id, payer_id, amount, responsibility_date, opened_by, payer_invoice_id',
  };
  return [
    ...Object.entries(columns).flatMap(([table, own]) => [
      `REVOKE INSERT ON ${table} FROM ${role}`,
      `GRANT INSERT (${own}) ON ${table} TO ${role}`,
    ]),
    `CREATE INDEX transactions_custom_write_off ON transactions (type_code) WHERE type_code LIKE 'custom-write-off-%'`,
  ];
}
