import { rows, run, sql, type Db } from '@recoup/service-kit';
import type { AccountEvent } from '../accounts/account-events.js';
import { publishedReason } from '../disputes/dispute.js';
import type { ImportedDispute, Settlement } from './chunk-booker.js';

/** Keeps the settlement dates newly given, so that the same date given again changes nothing. */
export async function markSettled(tx: Db, settled: readonly Settlement[]): Promise<void> {
  if (settled.length === 0) return;
  await run(
    tx,
    sql`UPDATE invoices i SET settled_on = t.settled_on FROM ${settledRows(settled)} WHERE i.id = t.invoice_id`,
  );
}

/**
 * Writes a chunk's disputes, and ends those of invoices newly settled on the day of the settlement (`rulings`, 7).
 * Answers their events.
 */
export async function writeDisputes(
  tx: Db,
  { disputes, settled }: { disputes: readonly ImportedDispute[]; settled: readonly Settlement[] },
): Promise<AccountEvent[]> {
  if (disputes.length > 0)
    await run(
      tx,
      sql`INSERT INTO disputes (id, account_id, invoice_id, reason, amount, opened_on, settled_on)
          SELECT "disputeId", "accountId", "invoiceId", "reason", "amount", "openedOn", "settledOn"
          FROM json_to_recordset(${JSON.stringify(disputes)}::json)
            AS t ("disputeId" uuid, "accountId" uuid, "invoiceId" uuid, "reason" text, "amount" bigint, "openedOn" date, "settledOn" date)`,
    );
  const ended = settled.length === 0 ? [] : await endDisputes(tx, settled);
  return [...disputes, ...ended].map((dispute) => ({
    type: 'recoup.ledger.dispute-recorded.v1',
    data: { ...dispute, reason: publishedReason },
  }));
}

function endDisputes(tx: Db, settled: readonly Settlement[]): Promise<ImportedDispute[]> {
  return rows<ImportedDispute>(
    tx,
    sql`UPDATE disputes d SET settled_on = greatest(t.settled_on, d.opened_on), version = d.version + 1
        FROM ${settledRows(settled)} WHERE d.invoice_id = t.invoice_id AND d.settled_on IS NULL
        RETURNING d.id AS "disputeId", d.account_id AS "accountId", d.invoice_id AS "invoiceId", d.reason, d.amount,
                  d.opened_on AS "openedOn", d.settled_on AS "settledOn"`,
  );
}

function settledRows(settled: readonly Settlement[]) {
  const ids = settled.map(({ invoiceId }) => invoiceId);
  const days = settled.map(({ settledOn }) => settledOn);
  return sql`unnest(${ids}::uuid[], ${days}::date[]) AS t (invoice_id, settled_on)`;
}
