import type { ReferProgress } from './referSteps.js';

/** What is filled in before anything is booked of it. */
export type ReferDraft = Pick<ReferProgress, 'reference' | 'effectiveDate' | 'typeCode'>;

const none: ReferDraft = { reference: '', effectiveDate: '', typeCode: '' };
const drafts = new Map<string, ReferDraft>();

/**
 * What was filled in of an account's referral when its page was left. It lives as long as the page is loaded: words that a person
 * wrote are kept by no storage of the browser (S22), and a sign-out loads the page anew.
 */
export function draftOf(accountId: string): ReferDraft {
  return drafts.get(accountId) ?? none;
}

/** Keeps what is filled in; once it is booked, or as long as nothing is, nothing is kept. */
export function keepDraft(accountId: string, progress: ReferProgress): void {
  const { step, lines, reference, effectiveDate, typeCode } = progress;
  const booked = lines.length > 0 || (step !== 'assign' && step !== 'payment' && step !== 'write-off');
  if (booked || [reference, effectiveDate, typeCode].every((each) => each === '')) drafts.delete(accountId);
  else drafts.set(accountId, { reference, effectiveDate, typeCode });
}
