import { uuid, type PayerType } from '@recoup/contracts';
import { againstRule, defineRecords, row, sql, type Actor, type Db, type RawBuilder } from '@recoup/service-kit';
import { z } from 'zod';
import type { PayerView } from '../payers/payer.js';

const identifier = z.string().min(1).max(100).nullable().default(null);

/** What an insurer knows the account by, and whether the payer is still assigned. */
export const editedAccountPayer = z.strictObject({
  groupNumber: identifier,
  policyId: identifier,
  active: z.boolean().default(true),
});
export type EditedAccountPayer = z.infer<typeof editedAccountPayer>;

/** A payer to be assigned to an account; group number and policy id are needed unless the payer's rules skip them (LED-11). */
export const newAccountPayer = editedAccountPayer
  .omit({ active: true })
  .extend({ accountId: uuid, payerCode: z.string().min(1).max(40) });
export type NewAccountPayer = z.infer<typeof newAccountPayer>;

/** A payer's assignment to an account as it is shown; auditors see identifiers masked (S4). */
export interface AccountPayerView extends EditedAccountPayer {
  readonly id: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly officeCode: string;
  readonly payerId: string;
  readonly payerCode: string;
  readonly payerName: string;
  readonly payerType: PayerType;
  readonly version: number;
}

function columns({ role }: Actor): RawBuilder<unknown> {
  const shown = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
    role === 'auditor' ? sql`'…' || right(${column}, 2)` : column;
  return sql`x.id, x.account_id AS "accountId", a.number AS "accountNumber", o.code AS "officeCode", x.payer_id AS "payerId",
    r.code AS "payerCode", r.name AS "payerName", r.type AS "payerType", ${shown(sql`x.group_number`)} AS "groupNumber",
    ${shown(sql`x.policy_id`)} AS "policyId", x.active, x.version`;
}

export const accountPayers = defineRecords<AccountPayerView>({
  name: 'account-payers',
  entity: 'account payer',
  columns,
  from: sql`account_payers x JOIN accounts a ON a.id = x.account_id
    JOIN offices o ON o.id = a.office_id JOIN payers r ON r.id = x.payer_id`,
  id: sql`x.id`,
  office: sql`o.code`,
});

/**
 * Refuses an assignment without group number or policy id, unless the payer's rules skip the check (LED-11).
 * @throws DomainError 422 `policy-id-missing`, `group-number-missing`
 */
export function requireIdentifiers(
  { code, skipGroupNumberCheck, skipPolicyIdCheck }: PayerView,
  { groupNumber, policyId }: Pick<EditedAccountPayer, 'groupNumber' | 'policyId'>,
): void {
  const missing = [
    ...(policyId === null && !skipPolicyIdCheck
      ? [{ field: 'policyId', what: 'policy id', rule: 'skipPolicyIdCheck' }]
      : []),
    ...(groupNumber === null && !skipGroupNumberCheck
      ? [{ field: 'groupNumber', what: 'group number', rule: 'skipGroupNumberCheck' }]
      : []),
  ];
  const [first] = missing;
  if (!first) return;
  const errors = missing.map(({ field, what, rule }) => ({
    field,
    message: `is needed: the rules of ${code} don't skip the check`,
    expected: `the ${what}, or a payer with ${rule}`,
  }));
  const codeOf = first.field === 'policyId' ? 'policy-id-missing' : 'group-number-missing';
  throw againstRule(codeOf, `${code} is assigned with ${missing.map(({ what }) => what).join(' and ')}.`, errors);
}

/**
 * Refuses a payer that isn't assigned to the account.
 * @throws DomainError 422 `payer-not-assigned`
 */
export async function requireAssigned(tx: Db, accountId: string, { id, code }: PayerView): Promise<void> {
  const found = await row(
    tx,
    sql`SELECT id FROM account_payers WHERE account_id = ${accountId} AND payer_id = ${id} AND active`,
  );
  if (found) return;
  throw againstRule('payer-not-assigned', `${code} is not assigned to the account.`, [
    {
      field: 'payerCode',
      message: 'is not assigned to the account',
      expected: 'a payer of GET account-payers; assign it first',
    },
  ]);
}
