import type { Actor, Clock, Db } from '@recoup/service-kit';
import type { TransactionView } from '../transactions/transaction-view.js';
import { closeLines, closingRequest, type ClosingRequest } from '../write-offs/close-lines.js';

/** An adjustment; its type is EXCOL, which moves a line to external collections, unless told. */
export const newAdjustment = closingRequest('EXCOL');
export type NewAdjustment = ClosingRequest;

/**
 * Lowers what an account owes by an adjustment, of an account, an invoice or a bill line, oldest due first, never by more
 * than is open (LED-32). It posts as a write-off does, under its own type.
 * @throws DomainError as `closeLines`
 */
export function adjust(tx: Db, clock: Clock, actor: Actor, given: NewAdjustment): Promise<TransactionView> {
  return closeLines(tx, clock, actor, 'adjustment', given);
}
