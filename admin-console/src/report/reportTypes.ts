import type { AccountStatus, Stage } from '@recoup/contracts';

/** The six parts of a balance by age, in order of age. */
export const buckets = ['current', 'days1to30', 'days31to60', 'days61to90', 'days91to120', 'daysOver120'] as const;
export type Bucket = (typeof buckets)[number];
export const stages = ['not-set', 'pending', 'sent'] as const satisfies readonly Stage[];
export const accountStatuses = ['active', 'frozen', 'closed'] as const satisfies readonly AccountStatus[];

/** Minor units by age; they add up to the balance. */
export type Aging = Record<Bucket, number>;

/** One row an account with a balance as of the date (REP-1). Amounts are minor units of `currency`. */
export interface ReportRow {
  id: string;
  accountNumber: string;
  name: string | null;
  officeCode: string;
  currency: string;
  balance: number;
  credit: number;
  aging: Aging;
  daysPastDue: number;
  openInvoices: number;
  lastPayment: { date: string; amount: number } | null;
  accountStatus: AccountStatus;
  stage: Stage;
  flags: string[];
  agencyCode: string | null;
  feesToApply: number | null;
}

/** Totals of the whole selection in one currency. */
export interface ReportTotals {
  currency: string;
  accounts: number;
  balance: number;
  credit: number;
  aging: Aging;
  feesToApply: number | null;
}

/** How many accounts a quick filter would leave. */
export interface ReportCounts {
  stages: Partial<Record<Stage, number>>;
  buckets: Partial<Record<Bucket, number>>;
}

/** An invoice below a row, as of the report's date (REP-3). */
export interface ReportInvoice {
  id: string;
  number: string;
  invoiceDate: string;
  dueDate: string;
  total: number;
  balance: number;
  currency: string;
  daysPastDue: number;
  disputed: boolean;
}
