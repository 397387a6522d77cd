import { rows, sql, type Db } from '@recoup/service-kit';

/** What narrows invoices to some offices: one value or several of each. */
interface Narrowing {
  readonly accountId?: string | readonly string[] | undefined;
  readonly officeCode?: string | readonly string[] | undefined;
}

/** The offices that a filter narrows invoices to, by themselves or by accounts; undefined where it narrows to none. */
export async function officesNamed(db: Db, { accountId, officeCode }: Narrowing): Promise<string[] | undefined> {
  if (accountId === undefined && officeCode === undefined) return undefined;
  const accounts =
    accountId === undefined
      ? sql`TRUE`
      : sql`o.id IN (SELECT office_id FROM accounts WHERE id = ANY(${[accountId].flat()}::uuid[]))`;
  const codes = officeCode === undefined ? sql`TRUE` : sql`o.code = ANY(${[officeCode].flat()}::text[])`;
  const found = await rows<{ code: string }>(db, sql`SELECT o.code FROM offices o WHERE ${accounts} AND ${codes}`);
  return found.map(({ code }) => code);
}
