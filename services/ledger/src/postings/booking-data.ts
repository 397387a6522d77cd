import { creditMovementsOf, movementsOf } from './posting.js';
import type { NewTransaction } from './book-transactions.js';

/** What every booking's event tells of its transaction: figures, movements of lines, movements of credit. */
export function bookingData(transaction: NewTransaction) {
  const { accountId, id, typeCode, amount, currency, effectiveDate, recordedAt, postings } = transaction;
  return {
    accountId,
    transactionId: id,
    transactionTypeCode: typeCode,
    amount,
    currency,
    effectiveDate,
    recordedAt,
    movements: movementsOf(postings),
    creditMovements: creditMovementsOf(postings),
  };
}
