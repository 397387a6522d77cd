import { row, run, sql, type Db } from '@recoup/service-kit';

/** Offices of the books that tests act on. */
export const newYork = '00000000-0000-4000-8000-00000000a001';
export const madrid = '00000000-0000-4000-8000-00000000a002';

/**
 * Seeds the projection: `accounts` accounts of NYC (USD) and a tenth as many of MAD (EUR), each with one open invoice of
 * 10.00, 20.00 … due long ago. Ids are the account's number as a UUID, so that tests can name them by `accountId`.
 */
export async function seedBooks(db: Db, accounts: number): Promise<void> {
  await run(
    db,
    sql`INSERT INTO offices (id, code, name, currency, time_zone, locale)
        VALUES (${newYork}, 'NYC', 'New York', 'USD', 'America/New_York', 'en-US'), (${madrid}, 'MAD', 'Madrid', 'EUR', 'Europe/Madrid', 'es-ES')`,
  );
  await seedOffice(db, newYork, 'USD', 1, accounts);
  await seedOffice(db, madrid, 'EUR', 1_000_001, Math.ceil(accounts / 10));
  await run(db, sql`ANALYZE accounts`).catch(() => undefined);
}

async function seedOffice(db: Db, office: string, currency: string, first: number, count: number): Promise<void> {
  const id = (prefix: string) => sql`(${prefix} || lpad(n::text, 12, '0'))::uuid`;
  const series = sql`generate_series(${first}::int, ${first + count - 1}::int) n`;
  await run(
    db,
    sql`INSERT INTO accounts (id, office_id, number, name, status, statement_hold, currency, balance, open_invoices)
        SELECT ${id('00000000-0000-4000-8000-')}, ${office}, 'A-' || n, 'Name ' || n, 'active', false, ${currency}, n % 1000000 * 1000, 1 FROM ${series}`,
  );
  await run(
    db,
    sql`INSERT INTO invoices (id, account_id, number, invoice_date, due_date, total, open_amount, currency)
        SELECT ${id('00000000-0000-4000-9000-')}, ${id('00000000-0000-4000-8000-')}, 'I-' || n, '2026-01-01', '2026-01-31', n % 1000000 * 1000, n % 1000000 * 1000, ${currency}
        FROM ${series}`,
  );
  await run(
    db,
    sql`INSERT INTO movements (account_id, invoice_id, bill_line_id, type, effective_date, due_date, amount)
        SELECT ${id('00000000-0000-4000-8000-')}, ${id('00000000-0000-4000-9000-')}, ${id('00000000-0000-4000-a000-')}, 'invoice', '2026-01-01', '2026-01-31', n % 1000000 * 1000 FROM ${series}`,
  );
}

/** The id of the account with number `A-<n>`. */
export function accountId(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** The balance of an account, 10.00 for the first, 20.00 for the second and so on, in minor units. */
export function balanceOf(n: number): number {
  return (n % 1_000_000) * 1000;
}

/** How many rows a query has. */
export async function countRows(db: Db, query: Parameters<typeof row>[1]): Promise<number> {
  return (await row<{ count: number }>(db, sql`SELECT count(*) AS count FROM (${query}) q`))?.count ?? 0;
}
