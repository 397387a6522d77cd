import type { Actor, Clock, Db } from '@recoup/service-kit';
import type { TransactionView } from '../transactions/transaction-view.js';
import { closeLines, closingRequest, type ClosingRequest } from './close-lines.js';

/** A write-off; its type is the coupon unless told. */
export const newWriteOff = closingRequest('coupon');
export type NewWriteOff = ClosingRequest;

/**
 * Writes off what is open of an account, an invoice or a bill line, oldest due first, never more than is open (LED-40).
 * @throws DomainError as `closeLines`
 */
export function writeOff(tx: Db, clock: Clock, actor: Actor, given: NewWriteOff): Promise<TransactionView> {
  return closeLines(tx, clock, actor, 'write-off', given);
}
