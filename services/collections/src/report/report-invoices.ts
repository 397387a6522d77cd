import { Injectable } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import { Clock, notFound, officeScope, row, rows, sql, type Actor } from '@recoup/service-kit';
import { reportDate } from './report-date.js';

/** An invoice below a row of the report, as of its day (REP-3). Amounts are minor units of `currency`. */
export interface ReportInvoice {
  readonly id: string;
  readonly number: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly total: number;
  readonly balance: number;
  readonly currency: string;
  readonly daysPastDue: number;
  readonly disputed: boolean;
}

const invoicesMax = 10_000;

/** Reads the invoices of an account that were open at the end of a day. */
@Injectable()
export class ReportInvoices {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /**
   * Oldest due first; at most 10,000. They add up to the row's balance. From the movements themselves, few for one account.
   * @throws DomainError 404, 422 `as-of-in-future`
   */
  async ofAccount(accountId: string, asked: string | undefined, actor: Actor): Promise<ReportInvoice[]> {
    const db = this.orm.em.fork();
    const account = await row<{ officeCode: string }>(
      db,
      sql`SELECT o.code AS "officeCode" FROM accounts a JOIN offices o ON o.id = a.office_id
          WHERE a.id = ${accountId} AND ${officeScope(actor, sql`o.code`)}`,
    );
    if (!account) throw notFound('account');
    const asOf = await reportDate(db, this.clock, actor, { asOf: asked, officeCodes: [account.officeCode] }, 'asOf');
    const day = sql`${asOf}::date`;
    return rows<ReportInvoice>(
      db,
      sql`SELECT i.id, i.number, i.invoice_date AS "invoiceDate", i.due_date AS "dueDate", i.total,
                 i.open_amount - coalesce(m.moved, 0)::bigint AS balance, i.currency, greatest(${day} - i.due_date, 0) AS "daysPastDue",
                 EXISTS (SELECT 1 FROM disputes d WHERE d.invoice_id = i.id AND d.account_id = i.account_id AND d.opened_on <= ${day}
                           AND (d.settled_on IS NULL OR d.settled_on > ${day})) AS disputed
          FROM invoices i
          LEFT JOIN (SELECT invoice_id, sum(amount) AS moved FROM movements
                     WHERE account_id = ${accountId} AND effective_date > ${day} GROUP BY invoice_id) m ON m.invoice_id = i.id
          WHERE i.account_id = ${accountId} AND i.open_amount <> coalesce(m.moved, 0)
          ORDER BY i.due_date, i.invoice_date, i.number LIMIT ${sql.lit(invoicesMax)}`,
    );
  }
}
