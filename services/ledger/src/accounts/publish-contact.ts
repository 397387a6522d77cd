import { correlationId, notFound, publish, row, sql, type Db, type SealedText } from '@recoup/service-kit';

/** Publishes an account's contact data under its own next number; the account's row is locked. */
export async function publishContact(tx: Db, id: string, sealed: SealedText): Promise<void> {
  const moved = await row<{ sequence: number }>(
    tx,
    sql`UPDATE accounts SET contact_sequence = contact_sequence + 1 WHERE id = ${id} RETURNING contact_sequence AS sequence`,
  );
  if (!moved) throw notFound('account');
  const data = { accountId: id, ...sealed };
  const { sequence } = moved;
  await publish(tx, [
    { type: 'recoup.ledger.contact-changed.v1', key: id, subject: id, sequence, data, correlationId: correlationId() },
  ]);
}
