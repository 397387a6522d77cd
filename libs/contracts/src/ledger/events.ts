import { z } from 'zod';
import {
  accountStatus,
  amount,
  businessDate,
  code,
  currencyCode,
  instant,
  payerType,
  positiveAmount,
  signedAmount,
  subscriptionStatus,
  timeZone,
  uuid,
} from '../primitives.js';

/** An office was registered or its settings changed. Aggregate: the office. */
export const officeRegistered = z
  .object({
    officeId: uuid,
    code,
    name: z.string(),
    currency: currencyCode,
    timeZone,
    locale: z.string(),
  })
  .describe('An office was registered, or its settings changed.');

/**
 * A transaction type was defined, or what people see of it changed (LED-12). Aggregate: the type. `kind` says how it posts;
 * it is no closed list here, for kinds may be added: pass over one that you don't know.
 */
export const transactionTypeDefined = z
  .object({
    transactionTypeId: uuid,
    code,
    name: z.string(),
    plural: z.string(),
    kind: code,
    active: z.boolean(),
  })
  .describe('A transaction type was defined, or its settings changed.');

/** An account was opened (LED-20). Its name and addresses travel on the contacts topic only. */
export const accountOpened = z
  .object({
    accountId: uuid,
    officeId: uuid,
    number: z.string(),
    currency: currencyCode,
    status: accountStatus,
    statementHold: z.boolean(),
  })
  .describe('An account was opened. Its name and addresses travel on the contacts topic only.');

/** A service line as it stands on an invoice, with the bill line it opened (LED-22, LED-23). */
export const issuedLine = z
  .object({
    serviceLineId: uuid,
    billLineId: uuid,
    serviceTypeCode: code,
    dateOfService: businessDate,
    amount,
    payerCode: code,
    payerType,
    responsibilityDate: businessDate,
    subscriptionId: uuid.nullable().optional(),
  })
  .describe('A charge of an invoice, with the bill line that says who owes it.');

/** An invoice was issued: what it charges is owed from the invoice date on (LED-22). */
export const invoiceIssued = z
  .object({
    accountId: uuid,
    invoiceId: uuid,
    number: z.string(),
    invoiceDate: businessDate,
    dueDate: businessDate,
    total: amount,
    currency: currencyCode,
    recordedAt: instant,
    lines: z.array(issuedLine).min(1).max(1000),
  })
  .describe('An invoice was issued: what its lines charge is owed from the invoice date on.');

/** A signed change of a bill line's open amount, from its effective date on. */
export const movement = z
  .object({
    invoiceId: uuid,
    billLineId: uuid,
    amount: signedAmount,
    effectiveDate: businessDate,
  })
  .describe('A signed change of the open amount of a bill line, from its effective date on.');
export type Movement = z.infer<typeof movement>;

/** A signed change of the account's credit, from its effective date on. */
export const creditMovement = z
  .object({ amount: signedAmount, effectiveDate: businessDate })
  .describe('A signed change of the credit of the account, from its effective date on.');
export type CreditMovement = z.infer<typeof creditMovement>;

/** What every booking tells: which transaction, how much, and what it moved. */
const booking = z.object({
  accountId: uuid,
  transactionId: uuid,
  transactionTypeCode: code,
  amount,
  currency: currencyCode,
  effectiveDate: businessDate,
  recordedAt: instant,
  movements: z.array(movement).max(1000),
  creditMovements: z.array(creditMovement).max(1000),
});

/**
 * A payment was received and allocated; what is left of the account's own became credit (LED-30). Who paid is its source:
 * without payer the account itself; an insurer's or an agency's payment goes to what that payer holds.
 */
export const paymentReceived = booking
  .extend({ reference: z.string().nullable(), payerCode: code.optional(), payerType: payerType.optional() })
  .describe('A payment was received and allocated to invoices; what is left became credit.');

/** Credit was applied to a new invoice, oldest due first (LED-30). */
export const creditApplied = booking.describe('Credit of the account was applied to an invoice.');

/** A balance was written off, in whole or in part (LED-40, LED-51). */
export const writtenOff = booking
  .extend({ amount: positiveAmount, commandId: z.string().nullable() })
  .describe('A balance was written off, in whole or in part.');

/** A payment was returned by the bank: what it closed is open again (LED-31). */
export const paymentReturned = booking
  .extend({ returnsTransactionId: uuid })
  .describe('A payment was returned by the bank: what it had closed is open again.');

/** A transaction was reversed by one that names it (LED-1, LED-54). */
export const transactionReversed = booking
  .extend({ reversesTransactionId: uuid, commandId: z.string().nullable() })
  .describe('A transaction was reversed by another that names it.');

/** An account's debt was lowered by an adjustment, such as EXCOL (LED-32). */
export const adjusted = booking
  .extend({ amount: positiveAmount })
  .describe('What an account owes was lowered by an adjustment, such as EXCOL.');

/** A bill line that a queueing opened, or moved an amount back to (LED-23). */
export const queuedLine = z
  .object({
    billLineId: uuid,
    serviceLineId: uuid,
    invoiceId: uuid,
    payerCode: code,
    payerType,
    amount,
    responsibilityDate: businessDate,
  })
  .describe('A bill line as it stands after the queueing: at most `amount` can be open of it.');

/**
 * What is open of service lines was queued to another payer: `lines` are the bill lines of who is responsible now, new or
 * known, and the movements say how much moved (LED-23, LED-41). A queueing to an agency's payer follows the write-off
 * that closed the account's side, and has the same transaction type.
 */
export const lineQueued = booking
  .extend({ lines: z.array(queuedLine).min(1).max(1000) })
  .describe('What is open of service lines was queued to another payer.');

/** What an agency has not collected was taken back: the account owes it again (LED-42). */
export const balanceRecalled = booking
  .extend({ amount: positiveAmount, payerCode: code, commandId: z.string().nullable() })
  .describe('What an agency had not collected was recalled: the account owes it again.');

/** An invoice was made out to a payer from the bill lines queued to it; it charges nothing anew (LED-24). */
export const payerInvoiceIssued = z
  .object({
    accountId: uuid,
    payerInvoiceId: uuid,
    payerCode: code,
    number: z.string(),
    invoiceDate: businessDate,
    total: amount,
    currency: currencyCode,
    billLineIds: z.array(uuid).min(1).max(1000),
  })
  .describe('An invoice was made out to a payer from the bill lines queued to it.');

/** A payer was assigned to an account (LED-11). Its group number and policy id stay in the ledger. */
export const payerAssigned = z
  .object({ accountId: uuid, payerId: uuid, payerCode: code, payerType, active: z.boolean() })
  .describe('A payer was assigned to an account, or the assignment ended.');

/** The status or the statement hold of an account changed (LED-20, LED-52). */
export const accountChanged = z
  .object({ accountId: uuid, status: accountStatus, statementHold: z.boolean() })
  .describe('The status or the statement hold of an account changed.');

/** A subscription was opened, or its status or discount changed (LED-21, LED-52). */
export const subscriptionChanged = z
  .object({
    accountId: uuid,
    subscriptionId: uuid,
    number: z.string(),
    serviceTypeCode: code,
    status: subscriptionStatus,
    startedOn: businessDate,
    initialServiceDiscount: amount,
    currency: currencyCode,
  })
  .describe('A subscription was opened, or its status or discount changed.');

/** The personal data of an account was erased; what it owed and paid stays (`quality`, S28). */
export const accountErased = z
  .object({ accountId: uuid, erasedAt: instant })
  .describe('The personal data of an account was erased; figures stay.');

/** A payer was defined, or its rules changed (LED-11). Aggregate: the payer. */
export const payerDefined = z
  .object({ payerId: uuid, code, name: z.string(), type: payerType, active: z.boolean() })
  .describe('A payer was defined, or its settings changed.');

/** A service type was defined, or its settings changed (LED-13). Aggregate: the service type. */
export const serviceTypeDefined = z
  .object({ serviceTypeId: uuid, code, name: z.string(), isFee: z.boolean() })
  .describe('A service type was defined, or its settings changed.');

/** A dispute was recorded on an invoice; `settledOn` is null while it lasts (`rulings`, 7). */
export const disputeRecorded = z
  .object({
    disputeId: uuid,
    accountId: uuid,
    invoiceId: uuid,
    reason: z.string(),
    amount,
    openedOn: businessDate,
    settledOn: businessDate.nullable(),
  })
  .describe('A dispute was recorded on an invoice, or settled.');

/**
 * Contact data of an account, encrypted with AES-256-GCM under a key named by `keyId`; nonce and ciphertext (with its
 * tag) in base64, the account id is the additional data. The clear text is `contactData` as JSON.
 */
export const contactChanged = z
  .object({
    accountId: uuid,
    keyId: z.string().min(1),
    nonce: z.base64(),
    ciphertext: z.base64(),
  })
  .describe('All contact data of an account, encrypted (AES-256-GCM).');

/** What `contactChanged` carries in clear: all of an account's personal data. */
export const contactData = z.object({
  name: z.string(),
  addresses: z
    .array(z.object({ lines: z.array(z.string()), postalCode: z.string().optional(), country: z.string().optional() }))
    .default([]),
  phones: z.array(z.object({ number: z.string(), kind: z.enum(['mobile', 'home', 'work']).optional() })).default([]),
  email: z.string().nullable().default(null),
  language: z.string().nullable().default(null),
  timeZone: timeZone.nullable().default(null),
});
export type ContactData = z.infer<typeof contactData>;
