import { run as execute, sql, type Run } from '@recoup/service-kit';

/** Keeps the ledger's offices; of several changes of one office in a run the last stands. */
export async function applyOfficeEvents({ tx, messages }: Run<'recoup.ledger.office-registered.v1'>): Promise<void> {
  const offices = [...new Map(messages.map(({ data }) => [data.officeId, data])).values()];
  await execute(
    tx,
    sql`INSERT INTO offices (id, code, name, currency, time_zone, locale)
        SELECT "officeId", code, name, currency, "timeZone", locale
        FROM json_to_recordset(${JSON.stringify(offices)}::json) AS o (
          "officeId" uuid, code text, name text, currency text, "timeZone" text, locale text)
        ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, time_zone = excluded.time_zone, locale = excluded.locale`,
  );
}
