import type { ImportKind } from '../import-kind.js';
import type { MappingKind } from '../mapping-fields.js';
import type { ReadLine } from '../read-fields.js';
import { accounts } from './accounts.js';
import { invoices } from './invoices.js';
import { payments } from './payments.js';
import { subscriptions } from './subscriptions.js';

/** How each kind of file is read and booked. */
const kinds: Record<MappingKind, ImportKind<ReadLine>> = { invoices, accounts, subscriptions, payments };

/** The kind of a mapping's files. */
export function findKind({ kind }: { kind: MappingKind }): ImportKind<ReadLine> {
  return kinds[kind];
}
