import { code, timeZone } from '@recoup/contracts';
import {
  defineRecords,
  editedFields,
  forbidden,
  recordAudit,
  requireVersion,
  row,
  run,
  seesOffice,
  sql,
  wrongState,
  type Actor,
  type Clock,
  type Db,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { lineOfText } from '../accounts/plain-text.js';
import { officeCurrency } from './currency.js';
import { locale } from './locale.js';
import { holdBookings, requireBookedByToday, requireNoImport } from './office-day.js';
import { publishOffice } from './register-office.js';

/** An office as it is shown (LED-10). `applyCredit`: whether credit goes to new invoices at once (`rulings`, 1). */
export interface OfficeView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly applyCredit: boolean;
  readonly version: number;
}

export const offices = defineRecords<OfficeView>({
  name: 'offices',
  entity: 'office',
  columns: sql`o.id, o.code, o.name, o.currency, o.time_zone AS "timeZone", o.locale, o.apply_credit AS "applyCredit", o.version`,
  from: sql`offices o`,
  id: sql`o.id`,
  office: sql`o.code`,
});

export const editedOffice = z.strictObject({
  name: lineOfText,
  timeZone,
  locale: locale.default('en-US'),
  applyCredit: z.boolean().default(true),
});
export const newOffice = editedOffice.extend({ code, currency: officeCurrency });

/** Registers an office. @throws DomainError 403 outside the actor's offices, 409 `office-code-taken` */
export async function registerOffice(tx: Db, actor: Actor, given: z.infer<typeof newOffice>): Promise<OfficeView> {
  if (!seesOffice(actor, given.code)) throw forbidden(`Your offices don't include ${given.code}.`);
  const made = await row<{ id: string }>(
    tx,
    sql`INSERT INTO offices (code, name, currency, time_zone, locale, apply_credit)
        VALUES (${given.code}, ${given.name}, ${given.currency}, ${given.timeZone}, ${given.locale}, ${given.applyCredit})
        ON CONFLICT (code) DO NOTHING RETURNING id`,
  );
  if (!made) throw wrongState('office-code-taken', `There is an office ${given.code} already.`);
  await publishOffice(tx, made.id);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'register-office',
    entityType: 'office',
    entityId: made.id,
    after: given,
  });
  return offices.one(tx, made.id, actor);
}

/**
 * Changes an office's settings; code and currency stay, for books are kept in it.
 * @throws DomainError 400, 404, 409 `import-under-way`, `changed-meanwhile`, 412, 422 `booked-after-today`
 */
export async function editOffice(
  tx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  input: SentFields,
  ifMatch: number | undefined,
): Promise<OfficeView> {
  const { timeZone: zoneBefore } = await offices.one(tx, id, actor);
  const moves = input['timeZone'] !== undefined && input['timeZone'] !== zoneBefore;
  // Accounts before anything else (law 9).
  if (moves) await holdBookings(tx);
  await row(tx, sql`SELECT id FROM offices WHERE id = ${id} FOR UPDATE`);
  const stored = await offices.one(tx, id, actor);
  requireVersion(ifMatch, stored.version);
  const edited = editedFields(editedOffice, input, { ...stored }, ['id', 'code', 'currency', 'version']);
  if (edited.timeZone !== stored.timeZone) {
    if (!moves)
      throw wrongState('changed-meanwhile', 'The office was changed meanwhile. Read it again and change that.');
    await requireNoImport(tx);
    await requireBookedByToday(tx, clock, { id, timeZone: edited.timeZone });
  }
  await run(
    tx,
    sql`UPDATE offices SET name = ${edited.name}, time_zone = ${edited.timeZone}, locale = ${edited.locale},
          apply_credit = ${edited.applyCredit}, version = version + 1
        WHERE id = ${id}`,
  );
  await publishOffice(tx, id);
  await recordAudit(tx, {
    actor: actor.user,
    action: 'edit-office',
    entityType: 'office',
    entityId: id,
    before: stored,
    after: edited,
  });
  return offices.one(tx, id, actor);
}
