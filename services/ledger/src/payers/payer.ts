import { code, payerType, type PayerType } from '@recoup/contracts';
import { againstRule, defineRecords, row, sql, type Db } from '@recoup/service-kit';
import { z } from 'zod';
import { lineOfText } from '../accounts/plain-text.js';

/** What people edit of a payer: its name, the checks of an assignment that it skips, whether it is in use (LED-11). */
export const editedPayer = z.strictObject({
  name: lineOfText,
  skipGroupNumberCheck: z.boolean().default(false),
  skipPolicyIdCheck: z.boolean().default(false),
  active: z.boolean().default(true),
});
export type EditedPayer = z.infer<typeof editedPayer>;

/** A new payer: an insurer, or generic (Procentive's SPRNT), which is what a collection agency is. */
export const newPayer = editedPayer.omit({ active: true }).extend({ code, type: payerType });
export type NewPayer = z.infer<typeof newPayer>;

/** A payer as it is shown (LED-11); Self is the account. */
export interface PayerView extends EditedPayer {
  readonly id: string;
  readonly code: string;
  readonly type: PayerType;
  readonly version: number;
}

const columns = sql`r.id, r.code, r.name, r.type, r.skip_group_number_check AS "skipGroupNumberCheck",
  r.skip_policy_id_check AS "skipPolicyIdCheck", r.active, r.version`;

/** Payers belong to no office. */
export const payers = defineRecords<PayerView>({
  name: 'payers',
  entity: 'payer',
  columns,
  from: sql`payers r`,
  id: sql`r.id`,
  office: null,
});

/**
 * The payer that a request names by its code.
 * @throws DomainError 422 `unknown-payer`
 */
export async function requirePayer(db: Db, payerCode: string): Promise<PayerView> {
  const found = await row<PayerView>(db, sql`SELECT ${columns} FROM payers r WHERE r.code = ${payerCode}`);
  if (found) return found;
  throw againstRule('unknown-payer', `There is no payer ${payerCode}.`, [
    { field: 'payerCode', message: 'is not a payer', expected: 'a code of GET payers' },
  ]);
}

/**
 * Refuses a payer to whom nothing new may be given.
 * @throws DomainError 422 `payer-not-in-use`
 */
export function requireInUse({ code: payerCode, active }: PayerView): void {
  if (active) return;
  throw againstRule('payer-not-in-use', `The payer ${payerCode} is no longer in use.`, [
    { field: 'payerCode', message: 'is no longer in use', expected: 'a payer in use' },
  ]);
}

/**
 * An agency is a payer of type generic: only such a payer is referred to (LED-41).
 * @throws DomainError 422 `not-an-agency`
 */
export function requireAgency({ code: payerCode, type }: PayerView): void {
  if (type === 'generic') return;
  throw againstRule('not-an-agency', `${payerCode} is a payer of type ${type}, not an agency's.`, [
    { field: 'payerCode', message: 'is not a payer of type generic', expected: 'a payer of type generic' },
  ]);
}
