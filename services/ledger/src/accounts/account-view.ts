import { contactData, type AccountStatus, type ContactData } from '@recoup/contracts';
import {
  defineRecords,
  maskContact,
  notFound,
  officeScope,
  row,
  sql,
  type Actor,
  type ContactCipher,
  type Db,
  type Keeping,
  type SealedText,
} from '@recoup/service-kit';
import { requireKept, type ErasedAnswer } from '../erasures/erased.js';

/** An account as lists show it (LED-20); amounts in minor units of its currency. */
export interface AccountRow {
  readonly id: string;
  readonly number: string;
  /** Null once the account is erased. */
  readonly name: string | null;
  readonly officeCode: string;
  readonly currency: string;
  readonly language: string | null;
  readonly status: AccountStatus;
  readonly statementHold: boolean;
  readonly balance: number;
  readonly credit: number;
  readonly disputed: boolean;
  readonly version: number;
  /** Since when nothing personal is kept of it (S28). */
  readonly erasedAt: string | null;
}

/** An account with its contact data, for one account at a time; masked for auditors. */
export type AccountView = AccountRow & Pick<ContactData, 'addresses' | 'phones' | 'email' | 'timeZone'>;

/** An account is disputed while one of its open invoices is (`rulings`, 7). */
const columns = sql`a.id, a.number, a.name, o.code AS "officeCode", a.currency, a.language, a.status,
  a.statement_hold AS "statementHold", a.balance, a.credit, a.version, a.erased_at AS "erasedAt",
  EXISTS (SELECT FROM disputes d JOIN invoices i ON i.id = d.invoice_id
          WHERE d.account_id = a.id AND d.settled_on IS NULL AND i.open_amount > 0) AS disputed`;

const from = sql`accounts a JOIN offices o ON o.id = a.office_id`;

/** Accounts as lists show them; `readAccount` opens the contact data of one. */
export const accounts = defineRecords<AccountRow>({
  name: 'accounts',
  entity: 'account',
  columns,
  from,
  id: sql`a.id`,
  office: sql`o.code`,
});

/** @throws DomainError 404 */
export async function readAccount(db: Db, cipher: ContactCipher, id: string, actor: Actor): Promise<AccountView> {
  const found = await row<AccountRow & { contact: SealedText | null }>(
    db,
    sql`SELECT ${columns}, a.contact FROM ${from} WHERE a.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
  );
  if (!found) throw notFound('account');
  const { contact, ...account } = found;
  const data = contact === null ? contactData.parse({ name: account.name ?? '' }) : cipher.decrypt(id, contact);
  const shown = actor.role === 'auditor' ? maskContact(data) : data;
  const { addresses, phones, email, timeZone } = shown;
  return { ...account, addresses, phones, email, timeZone };
}

/** An account's answer as it is kept under an idempotency key: encrypted like the account's row (S16). */
export interface SealedAccount extends SealedText {
  readonly accountId: string;
}

/** Keeps answers that hold contact data, so that a repeat gets the first answer and the table holds none in clear. */
export function sealedAccounts(cipher: ContactCipher): Keeping<AccountView, SealedAccount | ErasedAnswer> {
  return {
    seal: (account) => ({ accountId: account.id, ...cipher.seal(account.id, JSON.stringify(account)) }),
    open: (kept) => {
      const { accountId, ...sealed } = requireKept<SealedAccount>(kept);
      const account: AccountView = JSON.parse(cipher.open(accountId, sealed));
      return account;
    },
  };
}
