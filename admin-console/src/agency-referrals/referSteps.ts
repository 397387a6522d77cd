import type { BillLine } from '../bill-lines/billLine.js';

/** The steps of sending a balance to an agency, in the order in which they are booked (LED-41). */
export const referSteps = ['assign', 'payment', 'write-off', 'queue', 'invoice'] as const;
export type ReferStep = (typeof referSteps)[number];

/** A line of Self with what is written off of it for the agency, in minor units. */
export type WrittenOffLine = Pick<BillLine, 'id' | 'openAmount'>;

/** The payment itself, or the transaction that queued a line in the payment's window. */
export type BookedBefore = { paymentId: string } | { queuedBy: string };

/** How far a referral has come, and what its later steps need from its earlier ones. */
export interface ReferProgress {
  step: ReferStep | 'done';
  payerCode: string;
  /** Whether the agency was assigned before, so that there was nothing to book for it. */
  assignedBefore: boolean;
  reference: string;
  effectiveDate: string;
  typeCode: string;
  /** The lines of Self that are written off and then queued. */
  lines: readonly WrittenOffLine[];
  /** Where its payment of 0.00 is found, when it was booked on an earlier visit. */
  booked: BookedBefore | null;
}

export const notBegun: ReferProgress = {
  step: 'assign',
  payerCode: '',
  assignedBefore: false,
  reference: '',
  effectiveDate: '',
  typeCode: '',
  lines: [],
  booked: null,
};

/** The step after one; what is written off already only needs its agency to be queued. */
export function stepAfter(step: ReferStep, { lines }: Pick<ReferProgress, 'lines'>): ReferStep | 'done' {
  if (step === 'assign' && lines.length > 0) return 'queue';
  return referSteps[referSteps.indexOf(step) + 1] ?? 'done';
}

/**
 * How a step that is not being taken stands: it is booked, there was nothing to book for it, or it is filled in and booked with
 * the next one; null where it is still to come.
 */
export type StepStanding = 'booked' | 'not-needed' | 'filled-in' | null;

/** How each step stands. Payment and write-off are one booking: the first is filled in and booked with the second. */
export function standingOf(step: ReferStep, { step: at, lines, assignedBefore }: StandingFacts): StepStanding {
  if (step === at) return null;
  const queued = at === 'invoice' || at === 'done';
  switch (step) {
    case 'assign':
      return assignedBefore ? 'not-needed' : 'booked';
    case 'payment':
    case 'write-off':
      if (queued || lines.length > 0) return 'booked';
      return step === 'payment' && at === 'write-off' ? 'filled-in' : null;
    case 'queue':
      return queued ? 'booked' : null;
    case 'invoice':
      return at === 'done' ? 'booked' : null;
  }
}

type StandingFacts = Pick<ReferProgress, 'step' | 'lines' | 'assignedBefore'>;

/** Whether a step has its tick: it is booked, or needed nothing. */
export function isTicked(standing: StepStanding): boolean {
  return standing === 'booked' || standing === 'not-needed';
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
