import type { BillLine } from '../bill-lines/billLine.js';
import type { AccountPayer } from '../payers/payer.js';
import { notBegun, type ReferProgress, type WrittenOffLine } from './referSteps.js';

/** Of a line what was written off for an agency and not queued, by type of the write-off; in minor units. */
export interface BegunReferral {
  billLineId: string;
  typeCode: string;
  /** The payment of 0.00 in whose window it was written off. */
  paymentId: string | null;
  amount: number;
}

/** What the ledger tells of an account that a referral may stand on. */
export interface ReferralFacts {
  begun: readonly BegunReferral[];
  /** Whoever owes them. */
  openLines: readonly Pick<BillLine, 'payerCode' | 'payerType' | 'payerInvoiceId' | 'openedBy'>[];
  assigned: readonly Pick<AccountPayer, 'payerCode' | 'payerType' | 'active'>[];
}

/** Most lines that the ledger queues together. */
const queuedLinesMax = 500;

/**
 * Where an account's referral stands (LED-41): the earliest step that was not booked, with what it needs from those before
 * it; null where nothing is owed and nothing begun. With several agencies assigned it can't be known which is meant, so
 * one is chosen first.
 */
export function referralStanding({ begun, openLines, assigned }: ReferralFacts): ReferProgress | null {
  const agencies = assigned.filter(({ active, payerType }) => active && payerType === 'generic');
  const payerCode = agencies.length === 1 ? (agencies[0]?.payerCode ?? '') : '';
  const lines = writtenOff(begun);
  if (lines.length > 0) {
    const { typeCode = '', paymentId = null } = begun[0] ?? {};
    const booked = paymentId === null ? null : { paymentId };
    return { ...notBegun, step: payerCode === '' ? 'assign' : 'queue', payerCode, typeCode, lines, booked };
  }
  const held = openLines.find(({ payerType, payerInvoiceId }) => payerType === 'generic' && payerInvoiceId === null);
  if (held) {
    const booked = held.openedBy === null ? null : { queuedBy: held.openedBy };
    return { ...notBegun, step: 'invoice', payerCode: held.payerCode, booked };
  }
  if (!openLines.some(({ payerType }) => payerType === 'self')) return null;
  const assignedBefore = payerCode !== '';
  return { ...notBegun, step: assignedBefore ? 'payment' : 'assign', payerCode, assignedBefore };
}

/** The lines that wait to be queued; one that was written off under two types goes once, with both amounts. */
export function writtenOff(begun: readonly BegunReferral[]): WrittenOffLine[] {
  const byLine = [...Map.groupBy(begun, ({ billLineId }) => billLineId)];
  return byLine
    .slice(0, queuedLinesMax)
    .map(([id, parts]) => ({ id, openAmount: parts.reduce((sum, { amount }) => sum + amount, 0) }));
}
