import { resealed, rows, run as execute, sql, type SealedRow, type SealedRows } from '@recoup/service-kit';

/** Contact data of followed accounts, for the rotation of keys (S16). */
export const sealedContacts: SealedRows = {
  keptIn: 'account_contacts',
  first: '00000000-0000-0000-0000-000000000000',
  take: (tx, keyId, after, limit) =>
    rows<SealedRow>(
      tx,
      sql`SELECT account_id AS place, account_id AS binding, contact AS sealed FROM account_contacts
          WHERE account_id > ${after}::uuid AND contact->>'keyId' <> ${keyId}
          ORDER BY account_id LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
    ),
  keep: async (tx, cipher, opened) => {
    await execute(
      tx,
      sql`UPDATE account_contacts c SET contact = t.sealed
          FROM json_to_recordset(${resealed(cipher, opened)}::json) AS t (place uuid, sealed jsonb) WHERE c.account_id = t.place`,
    );
  },
};
