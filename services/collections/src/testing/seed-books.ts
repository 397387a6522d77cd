import { row, run, sql, type Db, type RawBuilder } from '@recoup/service-kit';

/** Offices of the books that tests act on. */
export const newYork = '00000000-0000-4000-8000-00000000a001';
export const madrid = '00000000-0000-4000-8000-00000000a002';

/**
 * Seeds the projection: `accounts` accounts of NYC (USD) and a tenth as many of MAD (EUR), each with one open invoice of
 * 10.00, 20.00 … due long ago. Ids are made of the account's number, where version 7 has its time, so that tests can name
 * them. Of transaction types there are a write-off in use, one that no longer is, and the payment.
 */
export async function seedBooks(db: Db, accounts: number): Promise<void> {
  await run(
    db,
    sql`INSERT INTO offices (id, code, name, currency, time_zone, locale)
        VALUES (${newYork}, 'NYC', 'New York', 'USD', 'America/New_York', 'en-US'), (${madrid}, 'MAD', 'Madrid', 'EUR', 'Europe/Madrid', 'es-ES')`,
  );
  await run(
    db,
    sql`INSERT INTO transaction_types (id, code, name, plural, kind, active)
        VALUES (uuidv7(), 'coupon', 'Coupon', 'Coupons', 'write-off', true),
               (uuidv7(), 'rounding', 'Rounding', 'Roundings', 'write-off', false),
               (uuidv7(), 'payment', 'Payment', 'Payments', 'payment', true)`,
  );
  await seedOffice(db, newYork, 'USD', 1, accounts);
  await seedOffice(db, madrid, 'EUR', 1_000_001, Math.ceil(accounts / 10));
  await run(db, sql`ANALYZE accounts`).catch(() => undefined);
}

/** The id of a row, from the number `n` of its query. */
function id(ending: string): RawBuilder<unknown> {
  return sql`(overlay(lpad(to_hex(n), 12, '0') placing '-' from 9 for 0) || ${ending})::uuid`;
}

async function seedOffice(db: Db, office: string, currency: string, first: number, count: number): Promise<void> {
  const series = sql`generate_series(${first}::int, ${first + count - 1}::int) n`;
  await run(
    db,
    sql`INSERT INTO accounts (id, office_id, number, name, status, statement_hold, currency, balance, open_invoices)
        SELECT ${id('-7000-8000-000000000000')}, ${office}, 'A-' || n, 'Name ' || n, 'active', false, ${currency}, n % 1000000 * 1000, 1 FROM ${series}`,
  );
  await run(
    db,
    sql`INSERT INTO invoices (id, account_id, number, invoice_date, due_date, total, open_amount, currency)
        SELECT ${id('-7000-9000-000000000000')}, ${id('-7000-8000-000000000000')}, 'I-' || n, '2026-01-01', '2026-01-31', n % 1000000 * 1000, n % 1000000 * 1000, ${currency}
        FROM ${series}`,
  );
  await run(
    db,
    sql`INSERT INTO movements (account_id, invoice_id, bill_line_id, type, effective_date, due_date, amount)
        SELECT ${id('-7000-8000-000000000000')}, ${id('-7000-9000-000000000000')}, ${id('-7000-a000-000000000000')}, 'invoice', '2026-01-01', '2026-01-31', n % 1000000 * 1000 FROM ${series}`,
  );
}

/** The id of the account with number `A-<n>`. */
export function accountId(n: number): string {
  const digits = n.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

/** How many rows a query has. */
export async function countRows(db: Db, query: Parameters<typeof row>[1]): Promise<number> {
  return (await row<{ count: number }>(db, sql`SELECT count(*) AS count FROM (${query}) q`))?.count ?? 0;
}
