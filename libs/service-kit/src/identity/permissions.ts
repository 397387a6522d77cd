import type { Role } from './actor.js';

/** What can be asked of a resource. `run` covers everything that starts or steers work; `export` takes data out of the house. */
export const actions = ['read', 'create', 'edit', 'delete', 'run', 'export'] as const;
export type Action = (typeof actions)[number];

type Row = Partial<Record<Action, readonly Role[]>>;

/** Every role, in the order in which people are told of them. */
export const everyone: readonly Role[] = ['collector', 'supervisor', 'administrator', 'auditor'];
const collectors: readonly Role[] = ['collector', 'supervisor'];
const supervisors: readonly Role[] = ['supervisor'];
const administrators: readonly Role[] = ['administrator'];
const operators: readonly Role[] = ['supervisor', 'administrator'];
const overseers: readonly Role[] = ['supervisor', 'administrator', 'auditor'];

const readOnly: Row = { read: everyone };
const referenceData: Row = { read: everyone, create: administrators, edit: administrators };

/**
 * The role table: resource × action → roles (S2). An action that a row lacks is allowed to nobody. Routes name their
 * cell with `@Needs`; the console asks the same table what to offer.
 */
export const permissions = {
  // ledger
  offices: referenceData,
  accounts: { read: everyone, create: operators, edit: operators },
  subscriptions: { read: everyone, create: operators, edit: operators },
  freezes: { read: everyone, create: supervisors, run: supervisors },
  erasures: { create: administrators },
  payers: referenceData,
  'account-payers': { read: everyone, create: operators, edit: operators },
  'transaction-types': referenceData,
  'service-types': referenceData,
  'cancellation-reasons': referenceData,
  'write-off-settings': { read: everyone, edit: administrators },
  invoices: { read: everyone, create: operators },
  'payer-invoices': { read: everyone, create: operators },
  'service-lines': readOnly,
  'bill-lines': { read: everyone, run: supervisors },
  'agency-referrals': { create: supervisors, run: supervisors },
  payments: { read: everyone, create: supervisors, run: supervisors },
  transactions: { read: everyone, create: supervisors, run: supervisors },
  disputes: { read: everyone, create: collectors, edit: collectors },
  imports: { read: everyone, create: operators, run: operators },
  'import-mappings': { read: everyone, create: operators, edit: operators },
  'trial-balance': { read: everyone, export: everyone },
  'gl-trial-balance': { read: everyone, export: everyone },
  'agency-outstanding': { read: everyone, export: everyone },
  // collections
  report: { read: everyone, export: everyone },
  'bulk-actions': { read: everyone, create: collectors, run: collectors, export: collectors },
  'account-stage': { read: everyone, edit: collectors },
  'account-flags': { read: everyone, edit: collectors },
  'account-history': readOnly,
  flags: referenceData,
  agencies: { read: everyone, create: supervisors, edit: supervisors },
  referrals: readOnly,
  deliveries: { read: everyone, run: supervisors, export: supervisors },
  jobs: { read: everyone, run: supervisors },
  'job-runs': { read: everyone, run: supervisors },
  // every service
  audit: { read: overseers },
  'parked-messages': { read: overseers, run: operators, delete: administrators },
  clock: { read: everyone, edit: administrators },
  projection: { read: everyone, run: operators },
} as const satisfies Record<string, Row>;

export type Resource = keyof typeof permissions;

/** Whether a role may do that. */
export function may(role: Role, resource: Resource, action: Action): boolean {
  const row: Row = permissions[resource];
  return row[action]?.includes(role) ?? false;
}

/**
 * Who may preview, confirm and undo a bulk action of a type. An undo asks for the type that it undoes, so it has no
 * row of its own.
 */
export const bulkActionPermissions = {
  flags: collectors,
  'update-stage': collectors,
  'send-message': collectors,
  export: collectors,
  'add-fees': supervisors,
  'write-off': supervisors,
  'send-to-arm': supervisors,
  'placement-file': supervisors,
  freeze: supervisors,
  'freeze-rollback': supervisors,
  refer: supervisors,
  recall: supervisors,
} as const satisfies Record<string, readonly Role[]>;

export type BulkActionPermission = keyof typeof bulkActionPermissions;

/** Whether a role may preview a bulk action of that type; for an undo, of the type being undone. */
export function mayPreview(role: Role, type: BulkActionPermission): boolean {
  const allowed: readonly Role[] = bulkActionPermissions[type];
  return allowed.includes(role);
}

/** Whether a role may confirm it; the same table until amounts decide over a second person. */
export const mayConfirm = mayPreview;
