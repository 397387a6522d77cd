import type { AccountStatus } from './primitives.js';

/** What a bulk action or an event may do to an account. */
export type EligibilityAction =
  | 'flags'
  | 'update-stage'
  | 'write-off'
  | 'send-to-arm'
  | 'placement-file'
  | 'refer'
  | 'recall'
  | 'add-fees'
  | 'send-message'
  | 'freeze'
  | 'freeze-rollback'
  | 'overdue-event'
  | 'export';

/** Why an action leaves an account alone. */
export type IneligibleReason = 'frozen' | 'closed' | 'already-frozen' | 'not-frozen';

/** One row of the table: for an account of this status the action is allowed (null), or the reason why not. */
export interface EligibilityRow {
  readonly action: EligibilityAction;
  readonly status: AccountStatus;
  readonly reason: IneligibleReason | null;
}

const everywhere = { active: null, frozen: null, closed: null } as const;
const notClosed = { active: null, frozen: null, closed: 'closed' } as const;
const activeOnly = { active: null, frozen: 'frozen', closed: 'closed' } as const;

/**
 * Action × account status → allowed, or why not (BLK-18). A frozen account gets no fee, message, referral, placement or
 * overdue event; a closed one gets flags and recall only. SQL reads the table as VALUES, so that rule and query are one.
 */
const table: Record<EligibilityAction, Record<AccountStatus, IneligibleReason | null>> = {
  flags: everywhere,
  export: everywhere,
  recall: everywhere,
  'update-stage': notClosed,
  'write-off': notClosed,
  'send-to-arm': activeOnly,
  'placement-file': activeOnly,
  refer: activeOnly,
  'add-fees': activeOnly,
  'send-message': activeOnly,
  'overdue-event': activeOnly,
  freeze: { active: null, frozen: 'already-frozen', closed: 'closed' },
  'freeze-rollback': { active: 'not-frozen', frozen: null, closed: 'closed' },
};

/** The rows of the table for an action, for a query's VALUES list. */
export function eligibilityRows(action: EligibilityAction): EligibilityRow[] {
  const statuses: AccountStatus[] = ['active', 'frozen', 'closed'];
  return statuses.map((status) => ({ action, status, reason: table[action][status] }));
}

/** Whether the action may touch an account of that status: null when it may, else the reason. */
export function ineligible(action: EligibilityAction, status: AccountStatus): IneligibleReason | null {
  return table[action][status];
}
