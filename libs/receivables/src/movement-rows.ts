import type { CreditMovement, MessageData, Movement } from '@recoup/contracts';
import type { AccountEventType } from './account-event-types.js';

/** A row of the movements table: what a bill line or the credit changed by, signed, from a day on. */
export interface MovementRow {
  readonly account_id: string;
  readonly invoice_id: string | null;
  readonly bill_line_id: string | null;
  readonly transaction_id: string | null;
  readonly type: string;
  readonly effective_date: string;
  readonly amount: number;
  readonly credit_amount: number;
}

/** What an invoice opens: its issue is the first movement of each of its lines. */
export function charges({
  accountId,
  invoiceId,
  invoiceDate,
  lines,
}: MessageData<'recoup.ledger.invoice-issued.v1'>): MovementRow[] {
  return lines.map(({ billLineId, amount }) => ({
    account_id: accountId,
    invoice_id: invoiceId,
    bill_line_id: billLineId,
    transaction_id: null,
    type: 'invoice-issued',
    effective_date: invoiceDate,
    amount,
    credit_amount: 0,
  }));
}

interface Booking {
  readonly accountId: string;
  readonly transactionId: string;
  readonly movements: readonly Movement[];
  readonly creditMovements: readonly CreditMovement[];
}

/** What a booking changed, of bill lines and of credit. */
export function moved(
  type: AccountEventType,
  { accountId, transactionId, movements, creditMovements }: Booking,
): MovementRow[] {
  const name = type.slice('recoup.ledger.'.length, -'.v1'.length);
  const common = { account_id: accountId, transaction_id: transactionId, type: name };
  return [
    ...movements.map(({ invoiceId, billLineId, amount, effectiveDate }) => ({
      ...common,
      invoice_id: invoiceId,
      bill_line_id: billLineId,
      effective_date: effectiveDate,
      amount,
      credit_amount: 0,
    })),
    ...creditMovements.map(({ amount, effectiveDate }) => ({
      ...common,
      invoice_id: null,
      bill_line_id: null,
      effective_date: effectiveDate,
      amount: 0,
      credit_amount: amount,
    })),
  ];
}
