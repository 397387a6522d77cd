import { run as execute, sql, type Run } from '@recoup/service-kit';

/** Keeps the ledger's payers; of several changes of one payer in a run the last stands. */
export async function applyPayers({ tx, messages }: Run<'recoup.ledger.payer-defined.v1'>): Promise<void> {
  const payers = [...new Map(messages.map(({ data }) => [data.payerId, data])).values()];
  await execute(
    tx,
    sql`INSERT INTO payers (id, code, name, type, active)
        SELECT "payerId", code, name, type, active
        FROM json_to_recordset(${JSON.stringify(payers)}::json) AS p ("payerId" uuid, code text, name text, type text, active boolean)
        ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, type = excluded.type, active = excluded.active`,
  );
}

/** Keeps the ledger's service types, for which lines are fees; of several changes in a run the last stands. */
export async function applyServiceTypes({ tx, messages }: Run<'recoup.ledger.service-type-defined.v1'>): Promise<void> {
  const types = [...new Map(messages.map(({ data }) => [data.serviceTypeId, data])).values()];
  await execute(
    tx,
    sql`INSERT INTO service_types (id, code, name, is_fee)
        SELECT "serviceTypeId", code, name, "isFee"
        FROM json_to_recordset(${JSON.stringify(types)}::json) AS t ("serviceTypeId" uuid, code text, name text, "isFee" boolean)
        ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, is_fee = excluded.is_fee`,
  );
}
