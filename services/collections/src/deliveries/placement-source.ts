import { Injectable } from '@nestjs/common';
import type { Delivery, DeliverySource, DetailRecord, FileFormat, FileRecord, Written } from '@recoup/file-exchange';
import { Clock, publish, row, sql, stream, type Db } from '@recoup/service-kit';
import { findAgency } from '../agencies/read-agency.js';

/** Placement files: their rows as stored when the referrals were made, in the agency's format (AGY-1, AGY-4). */
@Injectable()
export class PlacementSource implements DeliverySource {
  constructor(private readonly clock: Clock) {}

  async describe(db: Db, delivery: Delivery): Promise<{ format: FileFormat; header: FileRecord }> {
    const agency = await findAgency(db, delivery.recipient);
    if (!agency) throw new Error(`There is no agency ${delivery.recipient}`);
    const { fileSequence, fileDate } = delivery;
    return { format: agency.format, header: { agencyCode: agency.code, fileSequence, fileDate } };
  }

  rows(db: Db, delivery: Delivery): AsyncIterable<DetailRecord> {
    return stream<DetailRecord>(
      db,
      sql`SELECT account_number AS "accountNumber", name, amount, currency, oldest_due_date AS "oldestDueDate", days_past_due AS "daysPastDue",
                 open_invoices AS "openInvoices", office_code AS "officeCode"
          FROM placement_rows WHERE batch_id = ${delivery.batchId}
          ORDER BY office_code COLLATE "C", account_number COLLATE "C", account_id`,
    );
  }

  /** The event, numbered by the agency's locked row. */
  async arrived(tx: Db, delivery: Delivery, written: Written): Promise<void> {
    const { recipient, fileSequence, fileName, totals } = delivery;
    const agency = await row<{ id: string; sequence: number }>(
      tx,
      sql`UPDATE agencies SET sequence = sequence + 1 WHERE code = ${recipient} RETURNING id, sequence`,
    );
    if (!agency) throw new Error(`There is no agency ${recipient}`);
    const data = {
      deliveryId: delivery.id,
      agencyCode: recipient,
      fileSequence,
      fileName,
      rows: delivery.rows,
      totals: totals.map(({ currency, amount }) => ({ currency, amount })),
      checksum: written.checksum,
      deliveredAt: this.clock.now(),
    };
    await publish(tx, [
      {
        type: 'recoup.collections.agency-file-delivered.v1',
        key: agency.id,
        subject: agency.id,
        sequence: agency.sequence,
        data,
      },
    ]);
  }
}
