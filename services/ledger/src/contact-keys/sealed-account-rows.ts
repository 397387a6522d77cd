import { contactData } from '@recoup/contracts';
import {
  correlationId,
  publish,
  rows,
  sql,
  type OutboxMessage,
  type SealedRow,
  type SealedRows,
} from '@recoup/service-kit';
import { contactColumns } from '../accounts/contact-columns.js';

/**
 * Contact data of accounts with the hashes made by the same key. Each is told once more on the contacts topic, whose
 * compaction then drops what the old key sealed.
 */
export const sealedAccountRows: SealedRows = {
  keptIn: 'accounts',
  first: '00000000-0000-0000-0000-000000000000',
  take: (tx, keyId, after, limit) =>
    rows<SealedRow>(
      tx,
      sql`SELECT id AS place, id AS binding, contact AS sealed FROM accounts
          WHERE id > ${after}::uuid AND contact->>'keyId' <> ${keyId} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`,
    ),
  keep: async (tx, cipher, opened) => {
    const records = opened.map(({ place, text }) => ({
      id: place,
      ...contactColumns(cipher, place, contactData.parse(JSON.parse(text))),
    }));
    const told = await rows<{ id: string; sequence: number }>(
      tx,
      sql`UPDATE accounts a SET contact = t.contact, email_hash = decode(t."emailHash", 'hex'),
            phone_hashes = ARRAY(SELECT decode(h, 'hex') FROM json_array_elements_text(t."phoneHashes") AS h),
            contact_sequence = a.contact_sequence + 1
          FROM json_to_recordset(${JSON.stringify(records)}::json) AS t (id uuid, contact jsonb, "phoneHashes" json, "emailHash" text)
          WHERE a.id = t.id RETURNING a.id, a.contact_sequence AS sequence`,
    );
    const sequences = new Map(told.map(({ id, sequence }) => [id, sequence]));
    const correlation = correlationId();
    const messages = records.map(({ id, contact }): OutboxMessage => ({
      type: 'recoup.ledger.contact-changed.v1',
      key: id,
      subject: id,
      sequence: sequences.get(id) ?? 0,
      data: { accountId: id, ...contact },
      correlationId: correlation,
    }));
    await publish(tx, messages);
  },
};
