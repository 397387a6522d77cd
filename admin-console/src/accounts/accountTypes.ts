import type { Service } from '../api/services.js';
import type { AccountStatus, Stage } from '@recoup/contracts';

/** An account's card as the collections service keeps it. Amounts are minor units of `currency`. */
export interface AccountCard {
  id: string;
  accountNumber: string;
  name: string | null;
  officeCode: string;
  currency: string;
  accountStatus: AccountStatus;
  balance: number;
  credit: number;
  lastPayment: { date: string; amount: number } | null;
  agencyCode: string | null;
  stage: Stage;
  stageSince: string | null;
  flags: { code: string; name: string; colour: string | null }[];
  stageHistory: StagePeriod[];
  contact: Record<string, unknown> | null;
  /** Since when nothing personal is kept of it; null while something is. */
  erasedAt?: string | null;
  /** Told by the ledger alone while the collections service is down: stage, flags, agency and last payment are not known. */
  ofLedger?: true;
}

/** An account as the ledger knows it, with its contact data. */
export interface LedgerAccount {
  id: string;
  number: string;
  name: string | null;
  officeCode: string;
  currency: string;
  status: AccountStatus;
  balance: number;
  credit: number;
  erasedAt: string | null;
  email?: unknown;
  phones?: unknown;
  addresses?: unknown;
  language?: unknown;
  timeZone?: unknown;
}

/** A time that an account spent in a stage; open while it lasts. */
export interface StagePeriod {
  stage: Stage;
  from: string;
  to: string | null;
  actor: string;
  bulkActionId: string | null;
}

export interface LedgerInvoice {
  id: string;
  number: string;
  invoiceDate: string;
  dueDate: string;
  total: number;
  openAmount: number;
  currency: string;
  disputed?: boolean;
}

export interface LedgerTransaction {
  id: string;
  typeCode: string;
  kind: string;
  amount: number;
  /** How it changed what the account itself owes. */
  balanceChange: number;
  /** How it changed the account's credit. */
  creditChange: number;
  currency: string;
  effectiveDate: string;
  recordedAt: string;
  reference: string | null;
  reason: string | null;
  actor: string | null;
  /** The transaction that took it back; null while it stands. */
  reversedById: string | null;
  /** The transaction that it took back; null for all but reversals and returned payments. */
  reversesId: string | null;
  /** The insurer or agency that is concerned; null where only the account is. */
  payerCode: string | null;
}

export interface Referral {
  id: string;
  type: 'referral' | 'cancel';
  agencyCode: string;
  amount: number;
  currency: string;
  referredOn: string;
  actor: string;
  bulkActionId: string | null;
}

/** One line of the audit, of whichever service. */
export interface AuditLine {
  id: string;
  /** The service that keeps the line. */
  service: Service;
  at: string;
  actor: string;
  action: string;
  bulkActionId: string | null;
  before: unknown;
  after: unknown;
}
