import { businessDate, code, uuid } from '@recoup/contracts';
import { anyOf, containsText, defineList, filterOf, sql, type QueryOf } from '@recoup/service-kit';
import { z } from 'zod';
import { officesFilter } from './report-range.js';

/** What agencies hold as a list; `k` is its row. The report itself reads `asOf` and offices. */
export const agencyOutstandingList = defineList({
  filters: {
    ...officesFilter,
    asOf: filterOf(businessDate),
    payerCode: anyOf(code, sql`k."payerCode"`),
    accountId: anyOf(uuid, sql`k."accountId"`, 'uuid'),
    invoiceId: anyOf(uuid, sql`k."invoiceId"`, 'uuid'),
    q: filterOf(z.string().min(1).max(200), (text) =>
      containsText(text, [sql`k."accountName"`, sql`k."accountNumber"`]),
    ),
  },
  sorts: {
    payerCode: sql`k."payerCode"`,
    accountNumber: sql`k."accountNumber"`,
    invoiceNumber: sql`k."invoiceNumber"`,
    officeCode: sql`k."officeCode"`,
    currency: sql`k.currency`,
    referred: sql`k.referred`,
    collected: sql`k.collected`,
    recalled: sql`k.recalled`,
    outstanding: sql`k.outstanding`,
  },
  amounts: { currency: sql`k.currency`, sorts: ['referred', 'collected', 'recalled', 'outstanding'] },
  defaultSort: ['payerCode', 'ASC'],
  tieBreaker: sql`k.id`,
});
export type AgencyOutstandingQuery = QueryOf<typeof agencyOutstandingList>;

/** What an agency's payer holds of one invoice, in minor units; referred − collected − recalled = outstanding (LED-43, I13). */
export interface AgencyOutstandingRow extends Figures {
  readonly id: string;
  readonly payerCode: string;
  readonly payerName: string;
  readonly accountId: string;
  readonly accountNumber: string;
  readonly accountName: string | null;
  readonly officeCode: string;
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly currency: string;
}

interface Figures {
  readonly referred: number;
  readonly collected: number;
  readonly recalled: number;
  readonly outstanding: number;
}

/** The sums of one payer in one currency. */
export type AgencyOutstandingTotals = Figures & Pick<AgencyOutstandingRow, 'payerCode' | 'currency'>;
