import { run as execute, sql, type ContactCipher, type Run } from '@recoup/service-kit';

/**
 * Keeps contact data encrypted as it came; only name and language stand in clear, for the report is searched by name
 * (S16). The account itself may come later, on another topic: then it takes its name from here. Both
 * statements are needed: the second sees what was committed while the first waited for the account's own transaction.
 */
export async function applyContacts(
  { tx, messages }: Run<'recoup.ledger.contact-changed.v1'>,
  cipher: ContactCipher,
): Promise<void> {
  const latest = [...new Map(messages.map(({ data }) => [data.accountId, data])).values()];
  const contacts = latest.map(({ accountId, keyId, nonce, ciphertext }) => {
    const { name, language } = cipher.decrypt(accountId, { keyId, nonce, ciphertext });
    return { accountId, keyId, nonce, ciphertext, name, language };
  });
  const json = JSON.stringify(contacts);
  await execute(
    tx,
    sql`INSERT INTO account_contacts (account_id, name, language, key_id, nonce, ciphertext)
        SELECT "accountId", name, language, "keyId", nonce, ciphertext
        FROM json_to_recordset(${json}::json) AS c (
          "accountId" uuid, name text, language text, "keyId" text, nonce text, ciphertext text)
        ORDER BY "accountId"
        ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, language = excluded.language, key_id = excluded.key_id,
          nonce = excluded.nonce, ciphertext = excluded.ciphertext`,
  );
  await execute(
    tx,
    sql`UPDATE accounts a SET name = c.name, language = c.language
        FROM json_to_recordset(${json}::json) AS c ("accountId" uuid, name text, language text) WHERE a.id = c."accountId"`,
  );
}
