import { run as execute, sql, type ContactCipher, type Run } from '@recoup/service-kit';

/**
 * Keeps contact data encrypted as it came; only name and language stand in clear, for the report is searched by name
 * (S16). The account itself may come later, on another topic: then it takes its name from here. Both
 * statements are needed: the second sees what was committed while the first waited for the account's own transaction.
 * An erased account stays erased, whatever of it is still on its way or is read once more (S28).
 */
export async function applyContacts(
  { tx, messages }: Run<'recoup.ledger.contact-changed.v1'>,
  cipher: ContactCipher,
): Promise<void> {
  const latest = [...new Map(messages.map(({ data }) => [data.accountId, data])).values()];
  const contacts = latest.map(({ accountId, keyId, nonce, ciphertext }) => {
    const { name, language } = cipher.decrypt(accountId, { keyId, nonce, ciphertext });
    return { accountId, name, language, contact: { keyId, nonce, ciphertext } };
  });
  const json = JSON.stringify(contacts);
  await execute(
    tx,
    sql`INSERT INTO account_contacts (account_id, name, language, contact)
        SELECT "accountId", name, language, contact
        FROM json_to_recordset(${json}::json) AS c ("accountId" uuid, name text, language text, contact jsonb)
        ORDER BY "accountId"
        ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, language = excluded.language, contact = excluded.contact
          WHERE account_contacts.erased_at IS NULL`,
  );
  await execute(
    tx,
    sql`UPDATE accounts a SET name = c.name, language = c.language
        FROM account_contacts c WHERE a.id = c.account_id AND c.account_id = ANY(${latest.map(({ accountId }) => accountId)}::uuid[])`,
  );
}
