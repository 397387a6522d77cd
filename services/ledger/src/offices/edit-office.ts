import { code, timeZone } from '@recoup/contracts';
import {
  editedFields,
  forbidden,
  notFound,
  officeScope,
  recordAudit,
  requireVersion,
  row,
  run,
  seesOffice,
  sql,
  wrongState,
  type Actor,
  type Db,
  type RawBuilder,
} from '@recoup/service-kit';
import { lineOfText } from '../accounts/plain-text.js';
import { z } from 'zod';
import { officeCurrency } from './currency.js';
import { locale } from './locale.js';
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

export const officeColumns: RawBuilder<unknown> = sql`o.id, o.code, o.name, o.currency, o.time_zone AS "timeZone", o.locale,
  o.apply_credit AS "applyCredit", o.version`;

export const editedOffice = z.strictObject({
  name: lineOfText,
  timeZone,
  locale: locale.default('en-US'),
  applyCredit: z.boolean().default(true),
});
export const newOffice = editedOffice.extend({ code, currency: officeCurrency });

/** @throws DomainError 404 */
export async function readOffice(db: Db, id: string, actor: Actor): Promise<OfficeView> {
  const found = await row<OfficeView>(
    db,
    sql`SELECT ${officeColumns} FROM offices o WHERE o.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
  );
  if (!found) throw notFound('office');
  return found;
}

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
  return readOffice(tx, made.id, actor);
}

/** Changes an office's settings; code and currency stay, for books are kept in it. @throws DomainError 400, 404, 412 */
export async function editOffice(
  tx: Db,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  ifMatch: number | undefined,
): Promise<OfficeView> {
  await row(tx, sql`SELECT id FROM offices WHERE id = ${id} FOR UPDATE`);
  const stored = await readOffice(tx, id, actor);
  requireVersion(ifMatch, stored.version);
  const edited = editedFields(editedOffice, input, { ...stored }, ['id', 'code', 'currency', 'version']);
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
  return readOffice(tx, id, actor);
}
