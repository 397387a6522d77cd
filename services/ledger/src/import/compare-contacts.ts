import { rows, sql, type ContactCipher, type Db, type SealedText } from '@recoup/service-kit';
import { contactData, type ContactData } from '@recoup/contracts';
import { differingFields, givenContact, type SameAs } from './contact-differences.js';
import type { ImportAccount } from './import-accounts.js';
import type { Doubt } from './import-kind.js';
import { accountKey } from './judge-rows.js';
import { openContact, type SealedRow } from './staged-row.js';

const differs = {
  reason: 'contact-differs',
  detail: 'differs from what the account has, which stays as it is',
};
const erased = { reason: 'erased', detail: 'is not taken, for what is personal of the account was erased' };

/**
 * Tells, field by field, where a chunk's rows give other contact data than their account has: an import never changes it, and
 * the person who sent the file must not think so. Only rows that carry contact data are looked at, and of those with the same
 * of one account the first (`rowStager`), so that a file that repeats an account on every row decrypts it once a chunk. The
 * data are compared here and nowhere kept: a doubt names the field alone.
 */
export async function compareContacts(
  tx: Db,
  cipher: ContactCipher,
  importId: string,
  chunk: readonly SealedRow[],
  accounts: ReadonlyMap<string, ImportAccount>,
): Promise<Doubt[]> {
  const compared = rowsToCompare(chunk, accounts);
  if (compared.length === 0) return [];
  const ids = [...new Set(compared.map(({ accountId }) => accountId))];
  const found = await rows<{ id: string; contact: SealedText | null }>(
    tx,
    sql`SELECT id, contact FROM accounts WHERE id = ANY (${ids}::uuid[])`,
  );
  const stored = new Map(
    found.map(({ id, contact }) => [id, contact && contactData.parse(JSON.parse(cipher.open(id, contact)))]),
  );
  const same = sameBy(cipher);
  return compared.flatMap(({ row, accountId }) =>
    doubtsOf(row, openContact(cipher, importId, row), stored.get(accountId) ?? null, same),
  );
}

/** Rows that carry contact data of an account that they don't open themselves. */
function rowsToCompare(
  chunk: readonly SealedRow[],
  accounts: ReadonlyMap<string, ImportAccount>,
): { readonly row: SealedRow; readonly accountId: string }[] {
  const seen = new Set<string>();
  return chunk.flatMap((row) => {
    const key = accountKey(row);
    const account = accounts.get(key);
    const opens = account?.opened === true && !seen.has(key);
    seen.add(key);
    return account && row.sealed && !opens ? [{ row, accountId: account.id }] : [];
  });
}

function doubtsOf(row: SealedRow, contact: ContactData, account: ContactData | null, same: SameAs): Doubt[] {
  const given = givenContact(contact, row.accountNumber);
  const fields = account ? differingFields(given, account, same) : given.map(([field]) => field);
  return fields.map((field) => ({ line: row.line, field, ...(account ? differs : erased) }));
}

/** What is written alike is the same without a hash, which costs more. */
function sameBy(cipher: ContactCipher): SameAs {
  return {
    phone: (one, other) => one === other || cipher.phoneHash(one).equals(cipher.phoneHash(other)),
    email: (one, other) => one === other || cipher.emailHash(one).equals(cipher.emailHash(other)),
  };
}
