import {
  ContactCipher,
  correlationId,
  publish,
  rows,
  run,
  sql,
  type Db,
  type OutboxMessage,
} from '@recoup/service-kit';
import type { AccountStatus } from '@recoup/contracts';
import { newIds } from '../postings/book-transactions.js';
import { contactColumns } from '../accounts/contact-columns.js';
import type { Refusal } from './import-kind.js';
import { accountKey } from './judge-rows.js';
import { openContact, type SealedRow } from './staged-row.js';

/** An account of a chunk, locked. */
export interface ImportAccount {
  readonly id: string;
  readonly officeId: string;
  readonly officeCode: string;
  readonly number: string;
  readonly name: string | null;
  readonly currency: string;
  readonly status: AccountStatus;
  readonly credit: number;
  /** Whether this chunk opened it. */
  readonly opened: boolean;
}

/** An office that a chunk books to. */
export interface ImportOffice {
  readonly id: string;
  readonly code: string;
  readonly currency: string;
  readonly timeZone: string;
}

/**
 * Opens the accounts of a chunk that the books lack, each with the contact data of its first row, then locks all of them
 * in order of id. An import never changes the contact data of an account that is known: the same file twice must change
 * nothing, whatever was edited in between.
 */
export async function openAndLockAccounts(
  tx: Db,
  cipher: ContactCipher,
  offices: ReadonlyMap<string, ImportOffice>,
  importId: string,
  chunk: readonly SealedRow[],
): Promise<Map<string, ImportAccount>> {
  const firstRows = new Map<string, SealedRow>();
  for (const row of chunk) if (!firstRows.has(accountKey(row))) firstRows.set(accountKey(row), row);
  const known = await find(tx, offices, [...firstRows.values()], false);
  const missing = [...firstRows].filter(([key]) => !known.has(key)).map(([, row]) => row);
  const opened = await open(tx, cipher, offices, importId, missing);
  const locked = await find(tx, offices, [...firstRows.values()], true);
  return new Map([...locked].map(([key, account]) => [key, { ...account, opened: opened.has(account.id) }]));
}

/** An account as rows name it. */
interface NamedAccount {
  readonly officeCode: string;
  readonly accountNumber: string;
}

/** Locks the accounts that rows name, in order of id, by `accountKey`; those that the books lack are not among them. */
export async function lockKnownAccounts(
  tx: Db,
  offices: ReadonlyMap<string, ImportOffice>,
  named: readonly NamedAccount[],
): Promise<Map<string, ImportAccount>> {
  const wanted = new Map(named.map((each) => [accountKey(each), each]));
  const locked = await find(tx, offices, [...wanted.values()], true);
  return new Map([...locked].map(([key, account]) => [key, { ...account, opened: false }]));
}

/** The refusal of a row whose account the office doesn't have; only files of accounts and of invoices open accounts. */
export function unknownAccount({ accountNumber: value }: NamedAccount): Refusal {
  return { field: 'accountNumber', value, reason: 'unknown-account', detail: 'is not an account of the office' };
}

async function find(
  tx: Db,
  offices: ReadonlyMap<string, ImportOffice>,
  wanted: readonly NamedAccount[],
  lock: boolean,
): Promise<Map<string, Omit<ImportAccount, 'opened'>>> {
  const officeIds = wanted.map(({ officeCode }) => offices.get(officeCode)?.id);
  const found = await rows<Omit<ImportAccount, 'opened'>>(
    tx,
    sql`SELECT a.id, a.office_id AS "officeId", o.code AS "officeCode", a.number, a.name, a.currency, a.status, a.credit
        FROM unnest(${officeIds}::uuid[], ${wanted.map(({ accountNumber }) => accountNumber)}::text[]) AS w (office_id, number)
        JOIN accounts a ON a.office_id = w.office_id AND a.number = w.number JOIN offices o ON o.id = a.office_id
        ORDER BY a.id ${lock ? sql`FOR UPDATE OF a` : sql``}`,
  );
  return new Map(found.map((each) => [accountKey({ officeCode: each.officeCode, accountNumber: each.number }), each]));
}

/** Inserts in order of office and number, so that two imports of the same accounts wait for each other and don't deadlock. */
async function open(
  tx: Db,
  cipher: ContactCipher,
  offices: ReadonlyMap<string, ImportOffice>,
  importId: string,
  missing: readonly SealedRow[],
): Promise<Set<string>> {
  if (missing.length === 0) return new Set();
  const ids = await newIds(tx, missing.length);
  const records = missing.map((row, index) => {
    const office = offices.get(row.officeCode);
    const id = ids[index] ?? '';
    const contact = openContact(cipher, importId, row);
    return {
      id,
      officeId: office?.id,
      currency: office?.currency,
      number: row.accountNumber,
      ...contactColumns(cipher, id, contact),
    };
  });
  const inserted = await rows<{ id: string }>(
    tx,
    sql`INSERT INTO accounts (id, office_id, number, name, language, currency, contact, phone_hashes, email_hash, contact_sequence)
        SELECT "id", "officeId", "number", "name", "language", "currency", "contact",
               ARRAY(SELECT decode(h, 'hex') FROM json_array_elements_text("phoneHashes") AS h), decode("emailHash", 'hex'), 1
        FROM json_to_recordset(${JSON.stringify(records)}::json)
          AS t ("id" uuid, "officeId" uuid, "number" text, "name" text, "language" text, "currency" text, "contact" jsonb,
                "phoneHashes" json, "emailHash" text)
        ORDER BY "officeId", "number"
        ON CONFLICT (office_id, number) DO NOTHING RETURNING id`,
  );
  const opened = new Set(inserted.map(({ id }) => id));
  await publishContacts(
    tx,
    records.filter(({ id }) => opened.has(id)),
  );
  return opened;
}

async function publishContacts(
  tx: Db,
  opened: readonly { id: string; contact: { keyId: string; nonce: string; ciphertext: string } }[],
): Promise<void> {
  const correlation = correlationId();
  const messages = opened.map(({ id, contact }): OutboxMessage => ({
    type: 'recoup.ledger.contact-changed.v1',
    key: id,
    subject: id,
    sequence: 1,
    data: { accountId: id, ...contact },
    correlationId: correlation,
  }));
  await publish(tx, messages);
}

/** Deletes what was staged for a chunk: it is booked. */
export async function dropStaged(tx: Db, importId: string, chunk: number): Promise<void> {
  await run(tx, sql`DELETE FROM import_rows WHERE import_id = ${importId} AND chunk = ${chunk}`);
}
