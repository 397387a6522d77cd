import type { BillLine } from '../bill-lines/billLine.js';

/** The steps of sending a balance to an agency, in the order in which they are booked (LED-41). */
export const referSteps = ['assign', 'payment', 'write-off', 'queue', 'invoice'] as const;
export type ReferStep = (typeof referSteps)[number];

/** A line of Self with what is written off of it for the agency, in minor units. */
export type WrittenOffLine = Pick<BillLine, 'id' | 'openAmount'>;

/** How far a referral has come, and what its later steps need from its earlier ones. */
export interface ReferProgress {
  step: ReferStep | 'done';
  payerCode: string;
  reference: string;
  effectiveDate: string;
  typeCode: string;
  /** The lines of Self that are written off and then queued. */
  lines: readonly WrittenOffLine[];
}

export const notBegun: ReferProgress = {
  step: 'assign',
  payerCode: '',
  reference: '',
  effectiveDate: '',
  typeCode: '',
  lines: [],
};

/** The step after one; what is written off already only needs its agency to be queued. */
export function stepAfter(step: ReferStep, { lines }: Pick<ReferProgress, 'lines'>): ReferStep | 'done' {
  if (step === 'assign' && lines.length > 0) return 'queue';
  return referSteps[referSteps.indexOf(step) + 1] ?? 'done';
}

/** Whether money is written off for an agency that does not have it yet: nobody should walk away from that unknowingly. */
export function isHalfDone({ step, lines }: Pick<ReferProgress, 'step' | 'lines'>): boolean {
  return lines.length > 0 && (step === 'assign' || step === 'queue');
}

/** The request of payment and write-off: nothing is paid, and each line is written off in full. */
export function zeroPayment(progress: ReferProgress, account: { id: string; currency: string }): object {
  const { reference, effectiveDate, typeCode, lines } = progress;
  return {
    accountId: account.id,
    amount: 0,
    currency: account.currency,
    effectiveDate,
    ...(reference.trim() === '' ? {} : { reference: reference.trim() }),
    writeOffs: lines.map(({ id, openAmount }) => ({
      billLineId: id,
      amount: openAmount,
      transactionTypeCode: typeCode,
    })),
  };
}
