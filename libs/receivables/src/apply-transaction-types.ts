import { run as execute, sql, type Run } from '@recoup/service-kit';

/** Keeps the ledger's transaction types; of several changes of one type in a run the last stands. */
export async function applyTransactionTypes({
  tx,
  messages,
}: Run<'recoup.ledger.transaction-type-defined.v1'>): Promise<void> {
  const types = [...new Map(messages.map(({ data }) => [data.transactionTypeId, data])).values()];
  await execute(
    tx,
    sql`INSERT INTO transaction_types (id, code, name, plural, kind, active)
        SELECT "transactionTypeId", code, name, plural, kind, active
        FROM json_to_recordset(${JSON.stringify(types)}::json) AS t (
          "transactionTypeId" uuid, code text, name text, plural text, kind text, active boolean)
        ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, plural = excluded.plural,
          kind = excluded.kind, active = excluded.active`,
  );
}
