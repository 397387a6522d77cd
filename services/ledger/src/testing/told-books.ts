import { rows, sql } from '@recoup/service-kit';
import { outboxOf, type TestLedger } from './test-ledger.js';

/** What was booked and told of an account in words that say nothing of ids: two accounts with one history tell the same. */
export interface ToldBooks {
  readonly account: unknown;
  readonly lines: unknown;
  readonly transactions: unknown;
  readonly events: unknown;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The ids of an account's rows, each with a word for it. Numbers that are drawn are told by their beginning alone. */
async function wordsOf(ledger: TestLedger, accountId: string): Promise<Map<string, string>> {
  const found = await rows<{ id: string; word: string }>(
    ledger.db(),
    sql`SELECT i.id, 'invoice ' || i.place AS word
        FROM (SELECT id, row_number() OVER (ORDER BY recorded_at, id) AS place FROM invoices WHERE account_id = ${accountId}) i
        UNION ALL
        SELECT b.id, concat_ws(' ', 'line', b.amount, 'of', s.place, p.code, 'opened', b.nth) FROM (
          SELECT b.*, row_number() OVER (PARTITION BY service_line_id, payer_id ORDER BY id) AS nth FROM bill_lines b WHERE account_id = ${accountId}) b
        JOIN payers p ON p.id = b.payer_id
        JOIN (SELECT l.id, row_number() OVER (ORDER BY i.recorded_at, i.id, l.amount) AS place FROM service_lines l JOIN invoices i ON i.id = l.invoice_id
              WHERE i.account_id = ${accountId}) s ON s.id = b.service_line_id
        UNION ALL
        SELECT l.id, 'service line ' || row_number() OVER (ORDER BY i.recorded_at, i.id, l.amount) FROM service_lines l JOIN invoices i ON i.id = l.invoice_id
        WHERE i.account_id = ${accountId}
        UNION ALL
        SELECT id, concat_ws(' ', kind, type_code, amount) FROM transactions WHERE account_id = ${accountId}
        UNION ALL
        SELECT id, 'subscription ' || split_part(number, '-', 2) FROM subscriptions WHERE account_id = ${accountId}
        UNION ALL
        SELECT id, 'payer invoice ' || total FROM payer_invoices WHERE account_id = ${accountId}
        UNION ALL SELECT id, code FROM payers`,
  );
  return new Map([...found.map(({ id, word }) => [id, word] as const), [accountId, 'account']]);
}

/** Everything that was booked on an account, and every event of it, in those words. */
export async function toldBooks(ledger: TestLedger, accountId: string): Promise<ToldBooks> {
  const words = await wordsOf(ledger, accountId);
  const told = (value: unknown): unknown =>
    inOrder(JSON.parse(JSON.stringify(value).replaceAll(uuid, (id) => words.get(id) ?? 'unknown')));
  const account = await rows(
    ledger.db(),
    sql`SELECT status, balance, credit, version, sequence FROM accounts WHERE id = ${accountId}`,
  );
  const lines = await rows(
    ledger.db(),
    sql`SELECT b.id, b.open_amount, b.responsibility_date, b.opened_by, b.payer_invoice_id, i.open_amount AS of_invoice, i.due_date, i.invoice_date
        FROM bill_lines b JOIN invoices i ON i.id = b.invoice_id WHERE b.account_id = ${accountId}
        UNION ALL
        SELECT s.id, 0, s.started_on, NULL, NULL, s.version, NULL, NULL FROM subscriptions s WHERE s.account_id = ${accountId} AND s.status = 'frozen'
        UNION ALL
        SELECT p.payer_id, p.version, NULL, NULL, NULL, 0, NULL, NULL FROM account_payers p WHERE p.account_id = ${accountId} AND p.active`,
  );
  const transactions = await rows(
    ledger.db(),
    sql`SELECT t.id, t.effective_date, t.recorded_at, t.actor, t.invoice_id, t.bill_line_id, t.reverses_id, t.payer_id, t.payment_id,
               left(t.reference, 3) AS reference, p.debit, p.credit, p.amount, p.bill_line_id AS line, p.effective_date AS day, p.source_transaction_id AS source
        FROM transactions t LEFT JOIN postings p ON p.transaction_id = t.id WHERE t.account_id = ${accountId}`,
  );
  const events = (await outboxOf(ledger.db()))
    .filter(({ subject, type }) => subject === accountId && !type.includes('contact'))
    .map(({ type, sequence, data }) => ({ type, sequence, data: withoutDrawn(data) }));
  return { account, lines: told(lines), transactions: told(transactions), events: events.map(told) };
}

/** Which command booked it, and what number was drawn, differs between the ways that are compared. */
function withoutDrawn(data: Record<string, unknown>): object {
  const { number } = data;
  return { ...data, commandId: null, number: typeof number === 'string' ? /^[A-Z]*/.exec(number)?.[0] : null };
}

/** Lists of what has no order of its own are put in one. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(inOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, own]): [string, unknown] => [name, inOrder(own)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
