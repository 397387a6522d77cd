import { rows, type Db } from '@recoup/service-kit';
import type { AccountEvent } from '../accounts/account-events.js';
import { bookTransactions, newIds, plainTransaction, type NewTransaction } from '../postings/book-transactions.js';
import { bookingData } from '../postings/booking-data.js';
import { later, type Posting } from '../postings/posting.js';
import { selfSides } from '../postings/posting-rules.js';
import { creditPartsSql } from './credit-parts.sql.js';

interface CreditPart {
  readonly accountId: string;
  readonly officeId: string;
  readonly currency: string;
  readonly invoiceId: string;
  readonly billLineId: string;
  readonly sourceId: string;
  readonly effectiveDate: string;
  readonly amount: number;
}

/**
 * Applies the credit of locked accounts to their new invoices at once, oldest due first, one transaction an invoice
 * (`rulings`, 1). Answers the events, which the caller publishes after those of the invoices.
 */
export async function applyCredit(
  tx: Db,
  invoiceIds: readonly string[],
  by: { actor: string; recordedAt: string },
): Promise<AccountEvent[]> {
  const parts = await rows<CreditPart>(tx, creditPartsSql(invoiceIds));
  const byInvoice = [...Map.groupBy(parts, ({ invoiceId }) => invoiceId).values()];
  const ids = await newIds(tx, byInvoice.length);
  const booked = byInvoice.map((own, index) => application(ids[index] ?? '', own, by));
  await bookTransactions(tx, booked);
  return booked.map((each) => ({ type: 'recoup.ledger.credit-applied.v1', data: bookingData(each) }));
}

function application(
  id: string,
  parts: readonly CreditPart[],
  { actor, recordedAt }: { actor: string; recordedAt: string },
): NewTransaction {
  const [first] = parts;
  if (!first) throw new Error('A credit application needs a part');
  const { accountId, officeId, currency, invoiceId } = first;
  const postings = parts.map(({ billLineId, sourceId, effectiveDate, amount }): Posting => ({
    ...selfSides('allocation'),
    amount,
    effectiveDate,
    line: { invoiceId, billLineId },
    sourceId,
  }));
  return {
    ...plainTransaction(),
    id,
    typeCode: 'credit-application',
    kind: 'credit-application',
    accountId,
    officeId,
    currency,
    invoiceId,
    amount: parts.reduce((sum, { amount }) => sum + amount, 0),
    effectiveDate: parts.map((part) => part.effectiveDate).reduce(later),
    recordedAt,
    actor,
    postings,
  };
}
