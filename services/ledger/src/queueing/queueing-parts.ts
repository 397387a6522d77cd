import type { QueueableLine, Unreferred } from './queueable-lines.sql.js';

/** What of a bill line moves: minor units, more than 0. */
export interface QueueingPart {
  readonly line: QueueableLine;
  readonly amount: number;
}

/** Parts that one referral books: written off under one type, in one payment's window if there was any. */
export interface ReferralParts {
  readonly typeCode: string;
  readonly paymentId: string | null;
  readonly parts: readonly QueueingPart[];
}

/** What queueing lines to a payer comes to. */
export interface QueueingPlan {
  readonly referrals: readonly ReferralParts[];
  readonly queued: readonly QueueingPart[];
  /** Lines of which nothing can be queued. */
  readonly empty: readonly QueueableLine[];
}

/**
 * Decides what is queued: of a line of Self, to an agency, what custom write-offs closed and no agency was given yet is
 * referred (LED-41); of any other line, or where nothing was so closed, all that is open moves (LED-23).
 */
export function planQueueing(
  lines: readonly QueueableLine[],
  closed: readonly Unreferred[],
  toAgency: boolean,
): QueueingPlan {
  const byLine = new Map(lines.map((line) => [line.billLineId, line]));
  const referred = toAgency ? closed.filter(({ billLineId }) => byLine.has(billLineId)) : [];
  const groups = Map.groupBy(referred, ({ typeCode, paymentId }) => `${typeCode} ${paymentId ?? ''}`);
  const referrals = [...groups.values()].map((own): ReferralParts => {
    const { typeCode = '', paymentId = null } = own[0] ?? {};
    const parts = own.flatMap(({ billLineId, amount }) => {
      const line = byLine.get(billLineId);
      return line ? [{ line, amount }] : [];
    });
    return { typeCode, paymentId, parts };
  });
  const ofReferrals = new Set(referred.map(({ billLineId }) => billLineId));
  const rest = lines.filter(({ billLineId }) => !ofReferrals.has(billLineId));
  return {
    referrals,
    queued: rest.filter(({ open }) => open > 0).map((line) => ({ line, amount: line.open })),
    empty: rest.filter(({ open }) => open === 0),
  };
}
