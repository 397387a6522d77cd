import type { ReferProgress } from './referSteps.js';

/** What is filled in before anything is booked of it. */
export type ReferDraft = Pick<ReferProgress, 'reference' | 'effectiveDate' | 'typeCode'>;

const none: ReferDraft = { reference: '', effectiveDate: '', typeCode: '' };

/**
 * What was filled in of an account's referral, kept by this tab until it is booked: none of it is personal, for its words stay
 * in the books for ever, as the field says (S22).
 */
export function readDraft(storage: Pick<Storage, 'getItem'> | undefined, accountId: string): ReferDraft {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(keyOf(accountId)) ?? 'null');
    return { ...none, ...(isDraft(kept) ? kept : {}) };
  } catch {
    return none;
  }
}

/** Keeps what is filled in; once it is booked, or as long as nothing is, nothing is kept. */
export function keepDraft(storage: Storage | undefined, accountId: string, progress: ReferProgress): void {
  const { step, lines, reference, effectiveDate, typeCode } = progress;
  const booked = lines.length > 0 || (step !== 'assign' && step !== 'payment' && step !== 'write-off');
  try {
    if (booked || [reference, effectiveDate, typeCode].every((each) => each === ''))
      storage?.removeItem(keyOf(accountId));
    else storage?.setItem(keyOf(accountId), JSON.stringify({ reference, effectiveDate, typeCode }));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

function keyOf(accountId: string): string {
  return `recoup.refer.${accountId}`;
}

function isDraft(kept: unknown): kept is Partial<ReferDraft> {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    Object.entries(kept).every(([key, value]) => key in none && typeof value === 'string')
  );
}
