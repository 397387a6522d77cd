import { run as execute, sql, type Db } from '@recoup/service-kit';
import { eraseAccounts, type ConfirmErasures } from './erase-accounts.js';
import type { LedgerChanges } from './ledger-events.js';

/** What changed of accounts without moving money: status and hold, subscriptions, payers, erasure. The last of a run stands. */
export async function applyAccountChanges(tx: Db, changes: LedgerChanges, confirm?: ConfirmErasures): Promise<void> {
  await changeStatus(tx, changes);
  await keepSubscriptions(tx, changes);
  await keepAccountPayers(tx, changes);
  await eraseAccounts(tx, changes.erased, confirm);
}

async function changeStatus(tx: Db, { changed }: LedgerChanges): Promise<void> {
  if (changed.length === 0) return;
  const latest = [...new Map(changed.map((each) => [each.accountId, each])).values()];
  await execute(
    tx,
    sql`UPDATE accounts a SET status = c.status, statement_hold = c."statementHold"
        FROM json_to_recordset(${JSON.stringify(latest)}::json) AS c ("accountId" uuid, status text, "statementHold" boolean)
        WHERE a.id = c."accountId"`,
  );
}

async function keepSubscriptions(tx: Db, { subscriptions }: LedgerChanges): Promise<void> {
  if (subscriptions.length === 0) return;
  const latest = [...new Map(subscriptions.map((each) => [each.subscriptionId, each])).values()];
  await execute(
    tx,
    sql`INSERT INTO subscriptions (id, account_id, number, service_type_code, status, started_on, initial_service_discount, currency)
        SELECT "subscriptionId", "accountId", number, "serviceTypeCode", status, "startedOn", "initialServiceDiscount", currency
        FROM json_to_recordset(${JSON.stringify(latest)}::json) AS s (
          "subscriptionId" uuid, "accountId" uuid, number text, "serviceTypeCode" text, status text, "startedOn" date,
          "initialServiceDiscount" bigint, currency text)
        ON CONFLICT (id) DO UPDATE SET service_type_code = excluded.service_type_code, status = excluded.status,
          initial_service_discount = excluded.initial_service_discount`,
  );
}

async function keepAccountPayers(tx: Db, { accountPayers }: LedgerChanges): Promise<void> {
  if (accountPayers.length === 0) return;
  const latest = [...new Map(accountPayers.map((each) => [`${each.accountId} ${each.payerId}`, each])).values()];
  await execute(
    tx,
    sql`INSERT INTO account_payers (account_id, payer_id, payer_code, payer_type, active)
        SELECT "accountId", "payerId", "payerCode", "payerType", active
        FROM json_to_recordset(${JSON.stringify(latest)}::json) AS p (
          "accountId" uuid, "payerId" uuid, "payerCode" text, "payerType" text, active boolean)
        ON CONFLICT (account_id, payer_id) DO UPDATE SET active = excluded.active`,
  );
}
