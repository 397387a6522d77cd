import { amount, businessDate, currencyCode, positiveAmount, uuid } from '@recoup/contracts';
import { z } from 'zod';
import { linesMax } from '../postings/allocation.js';
import { amountMax } from '../postings/amount-max.js';
import { freeText } from '../transactions/free-text.js';

const allocation = z
  .strictObject({ invoiceId: uuid.optional(), billLineId: uuid.optional(), amount: positiveAmount.max(amountMax) })
  .refine(({ invoiceId, billLineId }) => (invoiceId === undefined) !== (billLineId === undefined), {
    message: 'Name either invoiceId or billLineId',
    path: ['invoiceId'],
  });

/** What a payment's window writes off beside it: a bill line of the account itself, under a type of write-off. */
const paymentWriteOff = z.strictObject({
  billLineId: uuid,
  amount: positiveAmount.max(amountMax),
  transactionTypeCode: z.string().min(1).max(40),
});
export type PaymentWriteOff = z.infer<typeof paymentWriteOff>;

/**
 * A payment: amount in minor units, 0 allowed; without allocations it goes to what is oldest due (LED-30). With
 * `payerCode` an insurer or an agency pays what is queued to it. `writeOffs` are booked with it, as in a payment's window
 * (LED-41).
 */
export const newPayment = z.strictObject({
  accountId: uuid,
  amount: amount.max(amountMax),
  currency: currencyCode,
  effectiveDate: businessDate,
  reference: freeText(200).optional(),
  payerCode: z.string().min(1).max(40).optional(),
  allocations: z.array(allocation).max(linesMax).optional(),
  writeOffs: z.array(paymentWriteOff).max(linesMax).optional(),
});
export type NewPayment = z.infer<typeof newPayment>;
