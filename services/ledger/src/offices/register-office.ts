import { correlationId, publish, row, rows, run, sql, type Db } from '@recoup/service-kit';

/** An office as its event tells it. */
export interface OfficeSettings {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
}

/** Registers the offices that are missing, by code; those that exist stay as they are. Answers the codes registered. */
export async function registerMissingOffices(tx: Db, wanted: readonly OfficeSettings[]): Promise<string[]> {
  const inserted = await rows<{ id: string; code: string }>(
    tx,
    sql`INSERT INTO offices (code, name, currency, time_zone, locale)
        SELECT code, name, currency, "timeZone", locale
        FROM json_to_recordset(${JSON.stringify(wanted)}::json)
          AS t (code text, name text, currency text, "timeZone" text, locale text)
        ORDER BY code ON CONFLICT (code) DO NOTHING RETURNING id, code`,
  );
  for (const { id } of inserted) await publishOffice(tx, id);
  return inserted.map(({ code }) => code);
}

/** Publishes an office as it stands, under its next number; the UPDATE locks its row before the outbox id is drawn. */
export async function publishOffice(tx: Db, officeId: string): Promise<void> {
  await run(tx, sql`UPDATE offices SET sequence = sequence + 1 WHERE id = ${officeId}`);
  const office = await row<OfficeSettings & { sequence: number }>(
    tx,
    sql`SELECT code, name, currency, time_zone AS "timeZone", locale, sequence FROM offices WHERE id = ${officeId}`,
  );
  if (!office) throw new Error('An office that was just registered is gone');
  const { sequence, ...settings } = office;
  await publish(tx, [
    {
      type: 'recoup.ledger.office-registered.v1',
      key: officeId,
      subject: officeId,
      sequence,
      data: { officeId, ...settings },
      correlationId: correlationId(),
    },
  ]);
}
